package dev.clawhold.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.time.Clock;
import java.util.Calendar;
import java.util.Date;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.Timer;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The decision is pure: the same request and policy give the same verdict, on any machine, at
/// once.
class DecisionPointTest {
    private static final String POLICY = "dev.clawhold.policy";

    /// Values only. Absent on purpose: `java.net` looks names up, `java.util.regex` takes
    /// exponential time, `java.util.concurrent` waits, `java.io` and `java.nio.file` touch the
    /// disk.
    private static final Set<String> VALUES =
            Set.of(
                    "java.lang",
                    "java.lang.annotation",
                    "java.lang.invoke",
                    "java.lang.runtime",
                    "java.nio.charset", // for UTF-8; forbiddenapis refuses the default one
                    "java.util",
                    "java.util.function",
                    "java.util.stream",
                    "java.time",
                    "org.jspecify.annotations");

    @Test
    void aDecisionNeedsValuesOnly() {
        var values =
                describe(
                        "are values",
                        (JavaClass type) -> {
                            var element = type.getBaseComponentType();
                            return element.isPrimitive()
                                    || VALUES.contains(element.getPackageName())
                                    || isOurs(element.getPackageName());
                        });
        classes()
                .that()
                .resideInAPackage(POLICY + "..")
                .should()
                .onlyDependOnClassesThat(values)
                .check(Repository.CLASSES);
    }

    @Test
    void aDecisionReadsNoClockAndStartsNothing() {
        noClasses()
                .that()
                .resideInAPackage(POLICY + "..")
                .should()
                .dependOnClassesThat(
                        belongToAnyOf(
                                System.class,
                                Runtime.class,
                                Thread.class,
                                ThreadLocal.class,
                                ClassLoader.class,
                                Process.class,
                                ProcessBuilder.class,
                                ProcessHandle.class,
                                Clock.class,
                                Calendar.class,
                                Date.class,
                                Timer.class,
                                Random.class,
                                UUID.class,
                                ServiceLoader.class))
                .orShould()
                .accessTargetWhere(describe("it is a clock's now", DecisionPointTest::isNow))
                .check(Repository.CLASSES);
    }

    private static boolean isOurs(String name) {
        return name.equals(POLICY) || name.startsWith(POLICY + ".");
    }

    private static boolean isNow(JavaAccess<?> access) {
        return access.getName().equals("now")
                && access.getTargetOwner().getPackageName().equals("java.time");
    }
}
