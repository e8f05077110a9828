package io.darsena.bridge.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerMetrics.Absence;
import io.darsena.bridge.container.ContainerMetrics.Measure;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ResourceLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// What is measured.
interface MetricsContract extends ContractSubject {
    @Test
    default void metricsComeForWhatRuns() throws Exception {
        ContainerId id = running(ENDLESS);
        containers().create(spec("true"));
        List<List<ContainerMetrics>> heard = new ArrayList<>();
        CountDownLatch two = new CountDownLatch(2);
        try (Subscription metrics = containers().metrics(samples -> {
            synchronized (heard) {
                heard.add(samples);
            }
            two.countDown();
        })) {
            assertThat(two.await(Patience.ofSeconds(10).toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
        synchronized (heard) {
            assertThat(heard.getFirst()).extracting(ContainerMetrics::id).containsExactly(id);
            assertThat(heard.getFirst().getFirst().cpuPercent()).isEmpty();
            assertThat(heard.get(1).getFirst().cpuPercent()).isPresent();
            assertThat(heard.get(1).getFirst().memory()).isPresent();
            assertThat(heard.getFirst().getFirst().absence(Measure.CPU)).contains(Absence.FIRST_SAMPLE);
        }
    }

    @Test
    default void whatIsLimitedIsMeasuredAgainstItsLimitAndWhatIsNotSaysSo() throws Exception {
        Assumptions.assumeTrue(canPause(), "this host has no control groups");
        ResourceLimits limits = new ResourceLimits(
                OptionalLong.of(64 << 20), OptionalLong.empty(), OptionalDouble.of(0.5), OptionalLong.of(50));
        ContainerId limited = containers()
                .create(ContainerSpec.of(image()).withCommand(ENDLESS).withLimits(limits));
        containers().start(limited);
        ContainerId unlimited = running(ENDLESS);
        AtomicReference<List<ContainerMetrics>> heard = new AtomicReference<>(List.of());
        CountDownLatch first = new CountDownLatch(1);
        try (Subscription metrics = containers().metrics(samples -> {
            heard.compareAndSet(List.of(), samples);
            first.countDown();
        })) {
            assertThat(first.await(Patience.ofSeconds(10).toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
        for (ContainerMetrics sample : heard.get()) {
            boolean isLimited = sample.id().equals(limited);
            assertThat(sample.memoryLimit()).isEqualTo(isLimited ? limits.memory() : OptionalLong.empty());
            assertThat(sample.processLimit()).isEqualTo(isLimited ? limits.processes() : OptionalLong.empty());
            assertThat(sample.absence(Measure.PROCESS_LIMIT))
                    .isEqualTo(isLimited ? Optional.empty() : Optional.of(Absence.UNLIMITED));
            assertThat(sample.absence(Measure.MEMORY_LIMIT).isPresent()).isNotEqualTo(isLimited);
            assertThat(sample.throttling()).isPresent();
        }
        assertThat(heard.get()).extracting(ContainerMetrics::id).containsExactlyInAnyOrder(limited, unlimited);
    }
}
