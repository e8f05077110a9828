package io.darsena.bridge.sbom;

import io.darsena.bridge.layer.TreeSource;
import java.io.InputStream;

/// Finds the packages of images and containers: those that the databases of dpkg, apk and RPM name, Java archives,
/// modules of Node.js, distributions of Python. Nothing of the image is run.
///
/// Both methods read the files that name packages, which takes a second for a large image. What of them is too large,
/// broken, or of a format that is not read is told by the listing's remarks.
public interface Packages {

    /// @throws io.darsena.bridge.error.NotFoundException when there is no such image, layer or container
    PackageListing list(TreeSource source);

    /// A bill of materials of what [#list] finds, which describes the image by its name and digest, or the container.
    /// To be closed.
    ///
    /// @throws io.darsena.bridge.error.NotFoundException when there is no such image, layer or container
    InputStream document(TreeSource source, SbomFormat format);
}
