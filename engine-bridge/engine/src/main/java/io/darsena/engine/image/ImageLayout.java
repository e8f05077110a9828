package io.darsena.engine.image;

/// An OCI image layout, or what can be read as one.
interface ImageLayout extends ImageSource {

    /// The bytes of its `index.json`: what images it has.
    byte[] index();
}
