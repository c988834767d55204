package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is wrong with what a user gives: one clear message, the right status, nothing begun and
/// nothing left behind.
@Timeout(120)
class BadInputsIT {
    @TempDir Path directory;

    private Scene scene() {
        return Scene.in(directory);
    }

    private static void refuses(Scene scene, String message, String hint) {
        fails(scene, scene.sh("touch began"), 125, message, hint);
    }

    private static void fails(
            Scene scene, Held.Finished ended, int status, String message, String hint) {
        assertThat(ended.status()).as("%s", ended).isEqualTo(status);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .contains(message)
                .contains(hint)
                .doesNotContain("Exception")
                .doesNotContain("\tat ")
                .doesNotContain("WARNING");
        assertThat(ended.err().lines())
                .filteredOn(line -> line.startsWith("clawhold: "))
                .as("%s", ended)
                .hasSize(1);
        assertThat(scene.workdir().resolve("began")).doesNotExist();
        Traces.none(scene);
    }

    @Test
    void aPolicyThatIsNotThere() {
        refuses(
                scene().option("--policy", "/nowhere/p.yaml"),
                "clawhold: cannot read the policy `/nowhere/p.yaml`: no such file",
                "");
    }

    @Test
    void aPolicyThatIsADirectory() {
        refuses(scene().option("--policy", "/etc"), "`/etc`: it is a directory", "");
    }

    @Test
    void aPolicyThatExtendsWhatTheWorkloadCouldChange() {
        var scene = scene();
        var base = scene.write("base.yaml", "version: 1\n");
        refuses(
                scene.policy("version: 1\nextends: [" + base + "]\n"),
                "the workload could change `" + base + "`",
                "hint: move it out");
    }

    @Test
    void aPolicyOfSeventeenMegabytes() throws IOException {
        var scene = scene();
        try (var file = new RandomAccessFile(scene.policyFile().toFile(), "rw")) {
            file.setLength(17L * 1024 * 1024);
        }
        refuses(
                scene.option("--policy", scene.policyFile().toString()),
                "it is larger than 16 MiB",
                "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "version: 1\\n\\tnetwork_policies: {}           | policy.yaml:2:",
                "version: 1\\nversion: 1                        | duplicate key `version`",
                "version: 1\\nnetwork_polices: {}               | did you mean `network_policies`?",
                "version: 2                                     | policy.yaml:1:10:",
                "~ ~                                            | policy.yaml:1:1:",
            })
    void aPolicyThatDoesNotParse(String yaml, String message) {
        var scene = scene().policy(yaml.replace("\\n", "\n").replace("\\t", "\t"));
        refuses(scene, message, "hint: mend what is listed above");
    }

    @Test
    void aWorkdirThatIsNotThere() {
        var scene = scene();
        fails(
                scene,
                scene.clawhold("run", "--workdir", "/nowhere", "--", "true"),
                125,
                "cannot use the working directory `/nowhere`: no such directory",
                "hint: create it");
    }

    @Test
    void aWorkdirThatIsAFile() {
        var scene = scene();
        fails(
                scene,
                scene.clawhold("run", "--workdir", "/etc/passwd", "--", "true"),
                125,
                "`/etc/passwd`: it is not a directory",
                "hint: name a directory");
    }

    @Test
    void aCommandThatIsNotThere() {
        var scene = scene();
        for (var command : new String[] {"nosuchcommand", "./nosuchcommand", "/nowhere/command"}) {
            fails(
                    scene,
                    scene.run(command),
                    127,
                    "clawhold: cannot run `" + command + "`: no such program in the sandbox",
                    "");
        }
    }

    @Test
    void aCommandThatIsNotExecutable() throws IOException {
        var scene = scene();
        var plain = scene.write("plain", "#!/bin/sh\necho no\n");
        Files.setPosixFilePermissions(plain, PosixFilePermissions.fromString("rw-r--r--"));
        for (var command : new String[] {"./plain", "/etc"}) {
            fails(
                    scene,
                    scene.run(command),
                    126,
                    "clawhold: cannot run `" + command + "`: it is not an executable program",
                    "");
        }
    }

    @Test
    void anAuthorityWithoutACertificate() {
        refuses(
                scene().option("--upstream-ca", "/etc/hostname"),
                "cannot use `/etc/hostname` as an authority: it holds no certificate in PEM",
                "hint: name a file with BEGIN CERTIFICATE lines");
        refuses(
                scene().option("--upstream-ca", "/nowhere.pem"),
                "cannot read the certificates in `/nowhere.pem`",
                "hint: check the path given with --upstream-ca");
    }

    @Test
    void anOptionThatDoesNotExist() {
        refuses(scene().option("--polcy", "x"), "did you mean `--policy`?", "hint: ");
        refuses(scene().option("--resolve", "x"), "cannot resolve `x`", "hint: write `--resolve");
        refuses(scene().option("--env", "x"), "cannot set the variable `x`", "hint: write `--env");
        refuses(scene().option("--name", "A B"), "cannot name the sandbox `A B`", "hint: use ");
    }

    @Test
    void aLogOnAFullDisk() {
        refuses(
                scene().audit(Path.of("/dev/full")),
                "`/dev/full`",
                "hint: free or mend the place of the audit log");
    }

    @ParameterizedTest
    @MethodSource("dev.clawhold.app.Caller#present")
    void aLogInAPlaceThatCannotBeWritten(Caller caller) {
        refuses(
                Scene.in(directory, caller).audit(Path.of("/proc/audit.jsonl")),
                "audit log `/proc/audit.jsonl`",
                "hint: free or mend the place of the audit log");
    }

    @Test
    void noUserNamespacesForAnOrdinaryUser() {
        assumeThat(Caller.first()).as("only root can make such a place").isEqualTo(Caller.ROOT);
        var scene = Scene.in(directory, Caller.ORDINARY);
        var place =
                List.of(
                        "/usr/bin/python3",
                        "-c",
                        Scene.resource("no_namespaces.py"),
                        Integer.toString(scene.caller().id()));
        var own = scene.commandLine("true");
        var line = new ArrayList<>(place);
        line.addAll(own.subList(scene.caller().prefix().size(), own.size()));
        try (var held = Held.start(line, Map.of("PATH", "/usr/bin:/bin"))) {
            fails(scene, held.hearEnd().finish(), 125, "clawhold: cannot set up ", "hint: ");
        }
    }
}
