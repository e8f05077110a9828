/// The software that an image or a container holds, found by its packages' own records, and documents of it: a software
/// bill of materials. Start at [io.darsena.bridge.sbom.Packages].
@NullMarked
package io.darsena.bridge.sbom;

import org.jspecify.annotations.NullMarked;
