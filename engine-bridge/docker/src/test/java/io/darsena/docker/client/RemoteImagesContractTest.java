package io.darsena.docker.client;

import io.darsena.bridge.Engine;
import io.darsena.bridge.contract.ImagesContract;
import io.darsena.bridge.fake.FakeEngine;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;

class RemoteImagesContractTest extends ImagesContract {

    @RegisterExtension
    final ServedFake served = new ServedFake(new FakeEngine());

    @Override
    protected Engine open(Path directory) throws Exception {
        return served.open(directory);
    }

    @Override
    public String image() {
        return FakeEngine.STARTER;
    }
}
