package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clawhold.cli.CommandException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The demo, against the program as it is packaged.
@Timeout(120)
class DemoIT {
    private static final Path LIBRARY = Path.of("target/dist/lib").toAbsolutePath();
    private static final Path PLACE = Path.of("/var/tmp");

    private record Played(int status, String text) {}

    @Test
    void everythingIsAsPromisedAndNothingIsLeftBehind() throws IOException {
        var before = demos();

        var played = play(DemoAttempt::all);

        assertThat(played.text())
                .doesNotContain("✗")
                .containsPattern("✓ https://api.demo.test +allowed: 200 hello +egress")
                .containsPattern("✓ https://files.demo.test +blocked: 403 host_not_listed +egress")
                .contains("“no rule lists `files.demo.test`")
                .containsPattern("✓ cloud metadata 169.254.169.254 +blocked: 403 address_never")
                .containsPattern("✓ the host's 127.0.0.1 +blocked: Connection refused +network")
                .containsPattern("✓ DNS by UDP to .* +blocked: Network is unreachable +network")
                .containsPattern("✓ read the secret beside it +blocked: no such file +files")
                .containsPattern("✓ change the settings there +blocked: .* +files")
                .containsPattern("✓ socket: raw packets +blocked: EAFNOSUPPORT +system calls")
                .containsPattern("✓ ptrace +blocked: EPERM +system calls")
                .containsPattern("✓ mount a tmpfs +blocked: EPERM +system calls")
                .containsPattern("✓ https://files.demo.test +allowed: 200 hello, after \\d+ ms")
                .containsPattern("✓ a long download from there +blocked: cut, after \\d+ ms")
                .contains("chain intact, every decision above is in it")
                .contains("all 22 as promised");
        assertThat(played.status()).isZero();
        assertThat(demos()).isEqualTo(before);
    }

    @Test
    void aPromiseThatIsNotKeptEndsItWithOne() {
        var played =
                play(address -> {
                    var attempts = new ArrayList<>(DemoAttempt.all(address));
                    attempts.set(0, DemoAttempt.of("listed", "the API", "failed .*", "egress"));
                    attempts.add(DemoAttempt.of("teleport", "another way", "failed .*", "none"));
                    return attempts;
                });

        assertThat(played.status()).isEqualTo(1);
        assertThat(played.text())
                .containsPattern("✗ the API +allowed: 200 hello +egress\n +promised: failed \\.\\*")
                .containsPattern("✗ another way +it was never tried")
                .contains("2 of 23 not as promised");
    }

    @Test
    void aMachineThatCannotHoldAProgramSaysWhyInOneMessage() throws IOException {
        var before = demos();
        var says = "echo 'clawhold: cannot set up files: no' >&2; echo 'hint: do' >&2; exit 125";

        assertThatThrownBy(() -> play(() -> List.of("/bin/sh", "-c", says), DemoAttempt::all))
                .isInstanceOfSatisfying(
                        CommandException.class,
                        failure -> assertThat(failure.hint()).contains("do"))
                .hasMessage("cannot set up files: no");
        assertThat(demos()).isEqualTo(before);
    }

    private static Played play(Function<String, List<DemoAttempt>> promises) {
        return play(DemoIT::clawhold, promises);
    }

    private static Played play(
            Supplier<List<String>> clawhold, Function<String, List<DemoAttempt>> promises) {
        var text = new StringWriter();
        var demo = new LocalDemo(InstantSource.system(), clawhold, () -> false, promises);
        int status = demo.run(new PrintWriter(text));
        return new Played(status, text.toString());
    }

    private static List<String> clawhold() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=dev.clawhold.linux,io.netty.common",
                "--illegal-native-access=deny",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-modules",
                "io.netty.transport.epoll.linux.x86_64",
                "-p",
                LIBRARY.toString(),
                "-m",
                "dev.clawhold.app/dev.clawhold.app.Main");
    }

    private static Set<Path> demos() throws IOException {
        var found = new HashSet<Path>();
        try (DirectoryStream<Path> demos = Files.newDirectoryStream(PLACE, "clawhold-demo-*")) {
            demos.forEach(found::add);
        }
        return found;
    }
}
