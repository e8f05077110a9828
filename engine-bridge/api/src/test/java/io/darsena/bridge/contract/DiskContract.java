package io.darsena.bridge.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.disk.PrunePlan;
import io.darsena.bridge.disk.PrunePlan.Candidate;
import io.darsena.bridge.disk.PruneResult;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What every engine shows before it cleans up.
interface DiskContract {

    Engine engine();

    /// Of the one image that there is.
    String image();

    private Image only() {
        return engine().images().find(image()).orElseThrow();
    }

    @Test
    default void whatNobodyUsesIsShownAndGoesAsShown() {
        PrunePlan plan = engine().disk().prunable();
        assertThat(plan.images()).extracting(Candidate::id).containsExactly(only().id());
        assertThat(plan.bytes()).isPositive().isEqualTo(plan.bytesOf(only().id()));
        assertThat(plan.only(Set.of(), true).bytes()).isZero();
        assertThat(engine().disk().prune(plan.only(Set.of(), true)).images()).isEmpty();
        try (Recorder recorder = new Recorder(engine())) {
            PruneResult result = engine().disk().prune(plan);
            assertThat(result.images())
                    .containsExactlyElementsOf(
                            plan.images().stream().map(Candidate::id).toList());
            assertThat(result.freed()).isEqualTo(plan.bytes());
            assertThat(result.leftOut()).isEmpty();
            recorder.await(EngineEvent.ImageRemoved.class::isInstance);
        }
        assertThat(engine().images().list()).isEmpty();
        assertThat(engine().disk().prunable()).isEqualTo(PrunePlan.NOTHING);
    }

    @Test
    default void whatAContainerUsesIsNeitherShownNorTaken() {
        PrunePlan before = engine().disk().prunable();
        ContainerId id = engine().containers().create(ContainerSpec.of(image()));
        assertThat(engine().disk().prunable().images()).isEmpty();
        assertThat(engine().disk().containers()).containsOnlyKeys(id);
        PruneResult result = engine().disk().prune(before);
        assertThat(result.images()).isEmpty();
        assertThat(result.freed()).isZero();
        assertThat(result.leftOut()).isNotEmpty();
        assertThat(engine().images().list()).hasSize(1);
    }

    @Test
    default void whatGotANameMeanwhileIsLeftOut() {
        PrunePlan before = engine().disk().prunable();
        engine().images().tag(only().id(), ImageReference.parse("keep:me"));
        assertThat(engine().disk().prune(before).leftOut()).isNotEmpty();
        assertThat(engine().images().list()).hasSize(1);
    }
}
