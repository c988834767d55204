package dev.clawhold.architecture;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// This test's class path, read as a module path: our modules and every jar that ships with them.
final class ModulePath {
    /// Jars that only tests use, by the beginning of their names.
    private static final Pattern OF_TESTS =
            Pattern.compile(
                    "(archunit|assertj|byte-buddy|junit|opentest4j|apiguardian|slf4j|surefire|jspecify)-.*");

    private ModulePath() {}

    /// Our modules, by short name.
    static Map<String, ModuleDescriptor> ours() {
        return finder().findAll().stream()
                .map(ModuleReference::descriptor)
                .filter(module -> module.name().startsWith(Repository.PREFIX))
                .collect(toMap(ModulePath::shortName, module -> module));
    }

    /// All that the module system loads for one of our modules: names of other modules, each from
    /// outside the JDK with its jar.
    static SortedSet<String> resolvedFor(ModuleDescriptor module) {
        var resolved =
                Configuration.empty()
                        .resolve(finder(), ModuleFinder.ofSystem(), Set.of(module.name()));
        return resolved.modules().stream()
                .filter(other -> !other.name().equals(module.name()))
                .map(ModulePath::line)
                .collect(toCollection(TreeSet::new));
    }

    /// The jars of others that ship with the program.
    static SortedSet<String> shipped() {
        return entries()
                .map(entry -> entry.getFileName().toString())
                .filter(name -> name.endsWith(".jar") && !name.startsWith("clawhold-"))
                .collect(toCollection(TreeSet::new));
    }

    private static ModuleFinder finder() {
        return ModuleFinder.of(entries().toArray(Path[]::new));
    }

    private static Stream<Path> entries() {
        Predicate<Path> ofTests =
                path ->
                        path.endsWith("test-classes")
                                || OF_TESTS.matcher(path.getFileName().toString()).matches();
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                .map(Path::of)
                .filter(ofTests.negate());
    }

    private static String line(ResolvedModule module) {
        var place = module.reference().location().orElseThrow();
        if (place.getScheme().equals("jrt") || module.name().startsWith(Repository.PREFIX)) {
            return module.name();
        }
        return module.name() + " " + Path.of(place).getFileName();
    }

    private static String shortName(ModuleDescriptor module) {
        return module.name().substring(Repository.PREFIX.length());
    }
}
