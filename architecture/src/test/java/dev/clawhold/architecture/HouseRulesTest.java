package dev.clawhold.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the compiler lets pass and this house does not.
class HouseRulesTest {
    private static final Set<String> ASKING =
            Set.of(
                    "java.lang.System.getenv",
                    "java.lang.System.exit",
                    "java.lang.System.currentTimeMillis",
                    "java.time.Instant.now",
                    "java.time.Clock.systemUTC",
                    "java.time.Clock.systemDefaultZone",
                    "java.time.InstantSource.system");

    @Test
    void onlyLinuxTouchesNativeMemory() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.clawhold.linux")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .check(Repository.CLASSES);
    }

    @Test
    void onlyTheCompositionRootAsksTheMachine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.clawhold.app")
                .should()
                .accessTargetWhere(
                        describe("it asks for time or environment", HouseRulesTest::asksTheMachine))
                .check(Repository.CLASSES);
    }

    @Test
    void noPackageIsAPlaceForCodeWithoutAHome() {
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..",
                        "..utils..",
                        "..common..",
                        "..core..",
                        "..impl..",
                        "..helper..",
                        "..manager..")
                .check(Repository.CLASSES);
    }

    @Test
    void aTypeIsNamedByWhatItIs() {
        noClasses()
                .should()
                .haveSimpleNameStartingWith("Abstract")
                .orShould()
                .haveNameMatching(".*[a-z0-9](Manager|Utils?|Helpers?|Service|Impl|Data|Info)")
                .check(Repository.CLASSES);
    }

    @Test
    void everyExceptionIsCalledOne() {
        classes()
                .that()
                .areAssignableTo(Throwable.class)
                .should()
                .haveSimpleNameEndingWith("Exception")
                .check(Repository.CLASSES);
    }

    @Test
    void nothingElseIsCalledException() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Exception")
                .should()
                .beAssignableTo(Throwable.class)
                .check(Repository.CLASSES);
    }

    @Test
    void nobodyCatchesWhateverMayCome() {
        noCodeUnits().should(catchException()).check(Repository.CLASSES);
    }

    @Test
    void staticStateNeverChanges() {
        fields().that().areStatic().should().beFinal().check(Repository.CLASSES);
    }

    private static boolean asksTheMachine(JavaAccess<?> access) {
        return ASKING.contains(access.getTargetOwner().getName() + "." + access.getName());
    }

    /// Not `Throwable`: the compiler itself catches that, to close resources.
    private static ArchCondition<JavaCodeUnit> catchException() {
        return new ArchCondition<>("catch Exception or RuntimeException") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                var broad =
                        unit.getTryCatchBlocks().stream()
                                .flatMap(block -> block.getCaughtThrowables().stream())
                                .anyMatch(type ->
                                        type.isEquivalentTo(Exception.class)
                                                || type.isEquivalentTo(RuntimeException.class));
                events.add(new SimpleConditionEvent(unit, broad, unit.getFullName()));
            }
        };
    }
}
