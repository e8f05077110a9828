package io.darsena.bridge.layer;

/// Where in a Dockerfile a layer was asked for, as whoever built the image recorded it. Only the builder's word: it
/// is verified to belong to the image, and by nobody to be true.
///
/// @param file as the builder calls it, `Dockerfile` or `docker/Dockerfile.web`
/// @param first line, the file's first being 1
/// @param last line; the same one where there is only one
/// @param text of the lines, as they stand there, without the last one's end; no more than [#LONGEST_TEXT] letters of
/// it, and empty where the builder did not record the file
/// @param base they name the image that this one is built on (`FROM`): the layer came with that, and what made it
/// stands in a Dockerfile of its own
public record DockerfileLines(String file, int first, int last, String text, boolean base) {

    public static final int LONGEST_FILE = 255;
    public static final int LONGEST_TEXT = 4_000;

    public DockerfileLines {
        if (file.isBlank() || file.length() > LONGEST_FILE) {
            throw new IllegalArgumentException("a Dockerfile's name has 1 to " + LONGEST_FILE + " letters");
        }
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("lines " + first + " to " + last + " are in no file");
        }
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("more than " + LONGEST_TEXT + " letters of a Dockerfile");
        }
    }
}
