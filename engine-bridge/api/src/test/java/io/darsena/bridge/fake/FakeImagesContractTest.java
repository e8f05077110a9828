package io.darsena.bridge.fake;

import io.darsena.bridge.Engine;
import io.darsena.bridge.contract.ImagesContract;
import java.nio.file.Path;

class FakeImagesContractTest extends ImagesContract {

    @Override
    protected Engine open(Path directory) {
        return new FakeEngine();
    }

    @Override
    public String image() {
        return FakeEngine.STARTER;
    }
}
