package dev.clawhold.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Arrows go down only. Module declarations say the same, but can be changed in the same commit.
class ArrowsTest {
    /// Which modules each module may import.
    private static final Map<String, Set<String>> ARROWS =
            Map.of(
                    "policy", Set.of(),
                    "policyfile", Set.of("policy"),
                    "linux", Set.of(),
                    "audit", Set.of("policy"),
                    "sandbox", Set.of("policy", "linux"),
                    "gateway", Set.of("policy", "audit", "linux"),
                    "cli", Set.of("policy", "policyfile", "audit"),
                    "app",
                            Set.of(
                                    "policy",
                                    "policyfile",
                                    "linux",
                                    "audit",
                                    "sandbox",
                                    "gateway",
                                    "cli"));

    @Test
    void everyModuleHasItsArrows() throws IOException {
        assertThat(ARROWS).containsOnlyKeys(Repository.modules());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleImportsOnlyWhatItsArrowsSay(String module) {
        var reachable =
                resideInAnyPackage(
                        Stream.concat(Stream.of(module), ARROWS.get(module).stream())
                                .map(name -> Repository.PREFIX + name + "..")
                                .toArray(String[]::new));
        var forbidden = resideInAnyPackage("dev.clawhold..").and(not(reachable));
        noClasses()
                .that()
                .resideInAPackage(Repository.PREFIX + module + "..")
                .should()
                .dependOnClassesThat(forbidden)
                .allowEmptyShould(true) // a module that nobody has begun to write
                .check(Repository.CLASSES);
    }

    @Test
    void packagesOfAModuleHaveAnOrder() {
        slices().matching("dev.clawhold.(**)").should().beFreeOfCycles().check(Repository.CLASSES);
    }

    static Stream<String> modules() {
        return ARROWS.keySet().stream().sorted();
    }
}
