package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.audit.AuditReader;
import dev.clawhold.audit.AuditRecord;
import dev.clawhold.audit.AuditVerification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything for one `clawhold run`: who calls, a working directory, a policy file, an audit log.
final class Scene {
    private final Path root;
    private final Caller caller;
    private final List<String> options = new ArrayList<>();
    private final List<String> jvm = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private Path audit;

    private Scene(Path root, Caller caller) {
        this.root = root;
        this.caller = caller;
        this.audit = root.resolve("audit.jsonl");
    }

    /// Sets the scene in a directory of its own below the given one.
    static Scene in(Path parent, Caller caller) {
        try {
            open(parent);
            var root = Files.createTempDirectory(parent, "scene-");
            var scene = new Scene(root, caller);
            open(root);
            caller.own(root);
            for (var name : List.of("work", "home", "tmp")) {
                caller.own(Files.createDirectory(root.resolve(name)));
            }
            scene.environment.put("HOME", root.resolve("home").toString());
            scene.environment.put("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
            scene.jvm.add("-Djava.io.tmpdir=" + root.resolve("tmp"));
            return scene;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Scene in(Path parent) {
        return in(parent, Caller.first());
    }

    private static void open(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Caller caller() {
        return caller;
    }

    Path root() {
        return root;
    }

    Path workdir() {
        return root.resolve("work");
    }

    Path policyFile() {
        return root.resolve("policy.yaml");
    }

    Path auditFile() {
        return audit;
    }

    Scene policy(String yaml) {
        write(policyFile(), yaml);
        return option("--policy", policyFile().toString());
    }

    Scene option(String... option) {
        options.addAll(List.of(option));
        return this;
    }

    Scene jvm(String option) {
        jvm.add(option);
        return this;
    }

    Scene variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Scene audit(Path file) {
        audit = file;
        return this;
    }

    /// Writes a file that the caller owns.
    Path write(Path file, String text) {
        try {
            Files.writeString(file, text);
            caller.own(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path write(String name, String text) {
        return write(workdir().resolve(name), text);
    }

    /// The command line of `clawhold run` with this scene's options.
    List<String> commandLine(String... command) {
        return commandLine(List.of(), command);
    }

    /// @param outer a program that starts Clawhold
    List<String> commandLine(List<String> outer, String... command) {
        var arguments = new ArrayList<>(List.of("run", "--workdir", workdir().toString()));
        arguments.addAll(List.of("--audit", audit.toString()));
        arguments.addAll(options);
        arguments.add("--");
        arguments.addAll(List.of(command));
        return line(outer, arguments);
    }

    /// Any command line of Clawhold's, as this scene's caller gives it.
    List<String> line(List<String> outer, List<String> arguments) {
        var line = new ArrayList<>(outer);
        line.addAll(caller.prefix());
        line.addAll(Packaged.command(root, jvm, arguments));
        return line;
    }

    Held start(String... command) {
        return Held.start(commandLine(command), environment);
    }

    Held startBelow(List<String> outer, String... command) {
        return Held.start(commandLine(outer, command), environment);
    }

    Held.Finished run(String... command) {
        try (var held = start(command)) {
            return held.hearEnd().finish();
        }
    }

    /// Runs a shell script.
    Held.Finished sh(String script) {
        return run("sh", "-c", script);
    }

    /// Runs a program of the test's resources with the system's python3.
    Held.Finished python(String resource, String... arguments) {
        return run(pythonCommand(resource, arguments));
    }

    static String[] pythonCommand(String resource, String... arguments) {
        var command = new ArrayList<>(List.of("/usr/bin/python3", "-c", resource(resource)));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    static String resource(String name) {
        try (var in = Scene.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Held.Finished clawhold(String... arguments) {
        try (var held = Held.start(line(List.of(), List.of(arguments)), environment)) {
            return held.hearEnd().finish();
        }
    }

    /// The audit log's records so far.
    List<AuditRecord> records() {
        var records = new ArrayList<AuditRecord>();
        AuditReader.read(audit, records::add);
        return records;
    }

    /// Those records that have these values: names and values in turn.
    List<AuditRecord> records(String... fields) {
        return records().stream().filter(record -> fits(record, fields)).toList();
    }

    private static boolean fits(AuditRecord record, String... fields) {
        for (int i = 0; i < fields.length; i += 2) {
            if (!fields[i + 1].equals(orNull(record, fields[i]))) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String orNull(AuditRecord record, String field) {
        return record.field(field).orElse(null);
    }

    void auditIsIntact() {
        assertThat(AuditVerification.verify(audit)).isInstanceOf(AuditVerification.Intact.class);
    }
}
