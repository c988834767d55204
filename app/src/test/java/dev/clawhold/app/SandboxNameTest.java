package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SandboxNameTest {

    @Test
    void itIsANameThatAnOperatorCouldGive() {
        assertThat(Stream.generate(SandboxName::random).limit(1000))
                .allMatch(name -> name.matches("[a-z0-9][a-z0-9-]{0,62}"));
    }

    @Test
    void twoSandboxesHaveTwoNames() {
        // Of 10^9 names, thousand meet with a chance of 1 in 2,000; a hundred in 200,000.
        assertThat(Stream.generate(SandboxName::random).limit(100)).doesNotHaveDuplicates();
    }
}
