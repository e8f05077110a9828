/// Finds the packages of a tree of files by the records that package managers keep, and writes bills of materials. It
/// runs nothing of an image and unpacks nothing: each record is read within bounds, and one that is broken spoils no
/// other. Start at [io.darsena.engine.sbom.EnginePackages], then [io.darsena.engine.sbom.PackageSearch].
@NullMarked
package io.darsena.engine.sbom;

import org.jspecify.annotations.NullMarked;
