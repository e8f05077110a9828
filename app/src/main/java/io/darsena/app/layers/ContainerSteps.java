package io.darsena.app.layers;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.LayerStep;
import io.darsena.bridge.layer.TreeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The steps that a container is made of: those of its image, and on top of them what it has written itself.
public final class ContainerSteps {

    private ContainerSteps() {}

    /// Uppermost first. On a thread that may wait.
    public static List<PyramidStep> read(Engine engine, Container container) {
        List<LayerStep> lowestFirst = engine.layers().steps(container.image());
        int layers = (int) lowestFirst.stream().filter(step -> !step.isEmpty()).count();
        long written =
                engine.layers().tree(new TreeSource.OfContainer(container.id())).brought(FileTree.ROOT);
        List<PyramidStep> steps = new ArrayList<>();
        steps.add(PyramidStep.ofContainer(new WritableLayer.Owner(container.id(), container.name()), layers, written));
        for (LayerStep step : lowestFirst.reversed()) {
            steps.add(new PyramidStep(step, layers, 0, 0, List.of(), Optional.empty()));
        }
        return steps;
    }
}
