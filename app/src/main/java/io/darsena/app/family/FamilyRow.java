package io.darsena.app.family;

import io.darsena.bridge.image.Image;
import java.util.Optional;

/// A line of the family tree.
///
/// @param depth below how many others it stands
/// @param image empty: layers that several images share, and that are no image here
/// @param layers how many it has in all
/// @param own how many of them the line above it does not have
/// @param adds what its own layers take, but for those that a line above already has, wherever that stands
/// @param whole what all its layers take
/// @param images how many images consist of these layers and perhaps more
public record FamilyRow(
        int depth, Optional<Image> image, int layers, int own, DiskShare adds, DiskShare whole, int images) {}
