package dev.clawhold.audit;

import static dev.clawhold.audit.Events.allowed;
import static dev.clawhold.audit.Events.denied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What every audit log promises, however it stores its records.
interface AuditLogContract {
    AuditLog log();

    /// The hosts of the recorded connections, in the log's order.
    List<String> recordedHosts();

    /// Makes the log's storage fail.
    void breakStorage();

    /// Makes the log's storage work again.
    void mendStorage();

    @Test
    default void recordsComeBackInTheirOrder() {
        log().record(allowed("a.example"));
        log().record(denied("b.example"));

        assertThat(recordedHosts()).containsExactly("a.example", "b.example");
    }

    @Test
    default void recordsAreNumberedFromOne() {
        assertThat(log().record(allowed("a.example")).seq()).isEqualTo(1);
        assertThat(log().record(allowed("b.example")).seq()).isEqualTo(2);
    }

    @Test
    default void aRecordedEventIsTheOneThatWasGiven() {
        var event = allowed("a.example");

        assertThat(log().record(event).value()).isSameAs(event);
    }

    @Test
    default void manyThreadsRecordWithoutLossOrGap() throws InterruptedException {
        var hosts = IntStream.range(0, 2_000).mapToObj(i -> "h" + i + ".example").toList();
        var numbers = new ConcurrentSkipListSet<Long>();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var host : hosts) {
                threads.execute(() -> numbers.add(log().record(allowed(host)).seq()));
            }
        }

        assertThat(numbers)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 2_000).boxed().toList());
        assertThat(recordedHosts()).containsExactlyInAnyOrderElementsOf(hosts);
    }

    @Test
    default void aBrokenLogRefusesEveryRecordAndGoesOnWhenMended() {
        log().record(allowed("before.example"));
        breakStorage();
        refuses("one.example");
        refuses("two.example");
        mendStorage();

        assertThat(log().record(allowed("after.example")).seq()).isEqualTo(2);
        assertThat(recordedHosts()).containsExactly("before.example", "after.example");
    }

    private void refuses(String host) {
        var event = allowed(host);
        assertThatThrownBy(() -> log().record(event))
                .isInstanceOf(AuditException.class)
                .hasMessageStartingWith("cannot write the audit log")
                .hasMessageEndingWith(": no space left on device");
    }
}
