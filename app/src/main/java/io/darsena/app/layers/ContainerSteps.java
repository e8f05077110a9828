package io.darsena.app.layers;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.layer.LayerStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The steps that a container is made of: those of its image, and on top of them what it has written itself. How much
/// that is [io.darsena.bridge.layer.Waste#brought] says: another look at all its files is not needed for that.
public final class ContainerSteps {

    private ContainerSteps() {}

    /// Uppermost first. On a thread that may wait.
    public static List<PyramidStep> read(Engine engine, Container container) {
        List<LayerStep> lowestFirst = engine.layers().steps(container.image());
        int layers = (int) lowestFirst.stream().filter(step -> !step.isEmpty()).count();
        List<PyramidStep> steps = new ArrayList<>();
        steps.add(PyramidStep.ofContainer(new WritableLayer.Owner(container.id(), container.name()), layers));
        for (LayerStep step : lowestFirst.reversed()) {
            steps.add(new PyramidStep(step, layers, 0, 0, List.of(), Optional.empty()));
        }
        return steps;
    }
}
