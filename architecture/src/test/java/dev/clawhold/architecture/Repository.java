package dev.clawhold.architecture;

import static java.util.stream.Collectors.toCollection;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// What these tests look at: the source tree, and the classes of all modules.
final class Repository {
    static final String PREFIX = "dev.clawhold.";

    /// Surefire runs in the module's folder.
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /// The classes of every module, without tests.
    static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.clawhold");

    /// Folders that are Maven modules and no part of the program.
    private static final Set<String> BESIDE = Set.of("architecture", "bench");

    private Repository() {}

    /// The names of the program's modules: every folder with a POM.
    static SortedSet<String> modules() throws IOException {
        try (var folders = Files.list(ROOT)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !BESIDE.contains(name))
                    .collect(toCollection(TreeSet::new));
        }
    }

    /// Those of them that the parent POM builds.
    static SortedSet<String> builtModules() throws IOException {
        var parent = Files.readString(ROOT.resolve("pom.xml"));
        var built = modules();
        built.removeIf(module -> !parent.contains("<module>" + module + "</module>"));
        return built;
    }

    /// The picture that `docs/architecture.md` opens with.
    static String picture() throws IOException {
        var parts = Files.readString(ROOT.resolve("docs/architecture.md")).split("```", 3);
        return parts[1];
    }
}
