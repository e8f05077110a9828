package io.darsena.docker.client;

import static io.darsena.docker.client.EngineCalls.encoded;
import static io.darsena.docker.client.RemoteDockerEngine.PREFIX;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.Commit;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.LayerStep;
import io.darsena.bridge.layer.Layers;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.layer.Waste;
import io.darsena.docker.http.HttpAnswer;
import io.darsena.docker.wire.BridgeJson;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// The layers of an engine in another process. A tree comes whole, in the form that it has in memory.
final class RemoteLayers implements Layers {

    private static final byte[] NOTHING = {};
    private static final int BLOCK = 1 << 16;

    private final EngineCalls calls;

    RemoteLayers(EngineCalls calls) {
        this.calls = calls;
    }

    private static String image(ImageId image) {
        return PREFIX + "/images/" + encoded(image.toString());
    }

    @Override
    public List<LayerStep> steps(ImageId image) {
        return calls.get(image(image) + "/steps", text -> BridgeJson.readList(LayerStep.class, text));
    }

    @Override
    public FileTree tree(ImageId image, int layer) {
        try (HttpAnswer answer = calls.open("GET", image(image) + "/files?layer=" + layer, NOTHING)) {
            return FileTree.read(new BufferedInputStream(answer.body(), BLOCK));
        } catch (FileTree.ForeignFormException foreign) {
            throw calls.foreign(String.valueOf(foreign.getMessage()));
        } catch (IOException lost) {
            throw calls.failed(lost);
        }
    }

    @Override
    public Waste waste(ImageId image) {
        return calls.get(image(image) + "/waste", text -> BridgeJson.read(Waste.class, text));
    }

    @Override
    public FileTree tree(TreeSource source) {
        if (source instanceof TreeSource.OfImage(ImageId image, int layer)) {
            return tree(image, layer);
        }
        throw notYet("show the files of a container");
    }

    @Override
    public InputStream content(TreeSource source, FilePath path) {
        throw notYet("read a file");
    }

    @Override
    public InputStream archive(TreeSource source, FilePath path) {
        throw notYet("archive files");
    }

    @Override
    public ImageId commit(ContainerId container, Commit commit) {
        throw notYet("commit");
    }

    private static UnavailableException notYet(String operation) {
        return new UnavailableException(operation, "", "this engine is in another process", "");
    }
}
