package dev.clawhold.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyInForceTest {
    private final PolicyInForce inForce = new PolicyInForce(Policy.builtIn());

    @Test
    void theOneItBeginsWithIsInForce() {
        assertThat(inForce.current().revision()).isZero();
    }

    @Test
    void listenersFindTheNewOneInForce() {
        var seen = new ArrayList<Long>();
        inForce.onChange(() -> seen.add(inForce.current().revision()));
        inForce.onChange(() -> seen.add(-inForce.current().revision()));

        inForce.replace(Policy.blockAll(2));
        inForce.replace(Policy.blockAll(3));

        assertThat(seen).isEqualTo(List.of(2L, -2L, 3L, -3L));
        assertThat(inForce.current().revision()).isEqualTo(3);
    }
}
