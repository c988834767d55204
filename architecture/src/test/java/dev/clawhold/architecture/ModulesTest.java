package dev.clawhold.architecture;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// One Maven module is one module of Java with one package, and perhaps packages below that, one
/// level deep. It exports them to all or, in `app`, to nobody.
class ModulesTest {
    @Test
    void everyModuleIsOnThisTestsClassPath() throws IOException {
        assertThat(ModulePath.ours().keySet())
                .as("modules that architecture/pom.xml depends on")
                .containsExactlyInAnyOrderElementsOf(Repository.builtModules());
    }

    @Test
    void aModulesPackagesAreItsOwnAndOneLevelBelow() {
        ModulePath.ours()
                .forEach((name, module) ->
                        assertThat(withClasses(module))
                                .as(name)
                                .contains(Repository.PREFIX + name)
                                .allMatch(
                                        p -> p.matches(Repository.PREFIX + name + "(\\.[a-z]+)?")));
    }

    @Test
    void aModuleExportsItsPackagesToAll() {
        ModulePath.ours()
                .forEach((name, module) -> {
                    Set<String> exported = name.equals("app") ? Set.of() : withClasses(module);
                    assertThat(module.exports())
                            .as(name)
                            .noneMatch(ModuleDescriptor.Exports::isQualified)
                            .extracting(ModuleDescriptor.Exports::source)
                            .containsExactlyInAnyOrderElementsOf(exported);
                });
    }

    @Test
    void onlyTheCommandsAreOpenAndOnlyToTheirParser() {
        ModulePath.ours()
                .forEach((name, module) -> {
                    Set<String> parser = name.equals("cli") ? Set.of("info.picocli") : Set.of();
                    assertThat(module.opens())
                            .as(name)
                            .allMatch(opened -> opened.targets().equals(parser))
                            .allMatch(ModuleDescriptor.Opens::isQualified);
                });
    }

    /// Packages of resources alone are nobody's business.
    private static Set<String> withClasses(ModuleDescriptor module) {
        var packages =
                Repository.CLASSES.stream().map(type -> type.getPackageName()).collect(toSet());
        return module.packages().stream().filter(packages::contains).collect(toSet());
    }
}
