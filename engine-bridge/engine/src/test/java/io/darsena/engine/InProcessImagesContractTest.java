package io.darsena.engine;

import io.darsena.bridge.Engine;
import io.darsena.bridge.contract.ImagesContract;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.simulated.SimulatedImage;
import io.darsena.engine.simulated.SimulatedMachine;
import java.io.IOException;
import java.nio.file.Path;

class InProcessImagesContractTest extends ImagesContract {

    @Override
    protected Engine open(Path directory) throws IOException {
        Engine engine = InProcessEngine.openWithoutStarter(
                EnginePaths.under(directory.resolve("root")), new SimulatedMachine());
        SimulatedImage.importInto(engine, directory.resolve("image"));
        return engine;
    }

    @Override
    public String image() {
        return SimulatedImage.NAME;
    }
}
