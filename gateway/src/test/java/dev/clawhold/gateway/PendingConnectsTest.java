package dev.clawhold.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.audit.AuditLog;
import dev.clawhold.audit.Event;
import dev.clawhold.audit.Recorded;
import dev.clawhold.gateway.PendingConnects.Way;
import org.junit.jupiter.api.Test;

class PendingConnectsTest {
    private final PendingConnects pending = new PendingConnects();

    @Test
    void aConnectIsTakenOnce() {
        var decision = decision();
        pending.register(Way.V4, 40_000, decision);

        assertThat(pending.holds(Way.V4, 40_000)).isTrue();
        assertThat(pending.take(Way.V4, 40_000)).containsSame(decision);
        assertThat(pending.holds(Way.V4, 40_000)).isFalse();
        assertThat(pending.take(Way.V4, 40_000)).isEmpty();
    }

    @Test
    void eachListenerHasItsOwnPorts() {
        var four = decision();
        var six = decision();
        pending.register(Way.V4, 40_000, four);
        assertThat(pending.take(Way.V6, 40_000)).isEmpty();
        pending.register(Way.V6, 40_000, six);

        assertThat(pending.take(Way.V4, 40_000)).containsSame(four);
        assertThat(pending.take(Way.V6, 40_000)).containsSame(six);
    }

    @Test
    void aPortThatIsUsedAgainStandsForItsLastConnect() {
        var last = decision();
        pending.register(Way.V4, 40_000, decision());
        pending.register(Way.V4, 40_000, last);

        assertThat(pending.take(Way.V4, 40_000)).containsSame(last);
    }

    @Test
    void whatNobodyRegisteredIsNotThere() {
        assertThat(pending.holds(Way.V4, 1)).isFalse();
        assertThat(pending.take(Way.V4, 1)).isEmpty();
    }

    private static Recorded<Event.Egress> decision() {
        var decision = Requests.allowed(Requests.to("api.example.com", 443));
        return AuditLog.inMemory().record(new Event.Egress(decision));
    }
}
