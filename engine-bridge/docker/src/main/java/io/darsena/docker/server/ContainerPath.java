package io.darsena.docker.server;

import io.darsena.bridge.layer.FilePath;
import io.darsena.docker.http.HttpException;
import java.util.ArrayList;
import java.util.List;

/// A path in a container as `docker cp` names it: `..` goes up by the text alone, and how it ends says what is meant.
///
/// @param path what it names
/// @param ending with a slash it is a directory, with `/.` what is in that
record ContainerPath(FilePath path, Ending ending) {

    enum Ending {
        NAME,
        SLASH,
        DOT
    }

    /// @throws HttpException 400 for an empty path, or one with a NUL
    static ContainerPath of(byte[] text) {
        if (text.length == 0) {
            throw new HttpException(400, "bad parameter: 'path' cannot be empty");
        }
        List<byte[]> names = new ArrayList<>();
        for (byte[] name : PathNames.of(text)) {
            if (!PathNames.isUp(name)) {
                names.add(name);
            } else if (!names.isEmpty()) {
                names.removeLast();
            }
        }
        return new ContainerPath(PathNames.join(names), ending(text));
    }

    private static Ending ending(byte[] text) {
        int end = text.length - 1;
        if (text[end] == '.' && (end == 0 || text[end - 1] == '/')) {
            return Ending.DOT;
        }
        return text[end] == '/' ? Ending.SLASH : Ending.NAME;
    }

    /// It can name a directory only, a link to one counting as that.
    boolean isDirectory() {
        return ending != Ending.NAME;
    }

    /// What the copy is called, in Go's `filepath.Base`.
    byte[] name() {
        if (ending == Ending.DOT) {
            return new byte[] {'.'};
        }
        return path.isRoot() ? new byte[] {'/'} : path.name().bytes();
    }

    @Override
    public String toString() {
        return switch (ending) {
            case NAME -> "/" + path;
            case SLASH -> path.isRoot() ? "/" : "/" + path + "/";
            case DOT -> path.isRoot() ? "/." : "/" + path + "/.";
        };
    }
}
