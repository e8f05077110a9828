package io.darsena.bridge.fake;

import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.contract.LifecycleModel;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FakeEngineLifecycleProperties {

    @Property(tries = 200)
    void anyRequestsLeadWhereTheTableSays(@ForAll("requests") List<Trigger> requests) {
        try (FakeEngine engine = new FakeEngine()) {
            LifecycleModel.play(engine, FakeEngine.STARTER, requests);
        }
    }

    @Provide
    Arbitrary<List<Trigger>> requests() {
        return Arbitraries.of(Trigger.START, Trigger.PAUSE, Trigger.RESUME, Trigger.STOP, Trigger.KILL, Trigger.RESTART)
                .list()
                .ofMaxSize(12);
    }
}
