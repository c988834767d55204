package dev.clawhold.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProgramReaderTest {
    private static final int OWN = (int) ProcessHandle.current().pid();

    @TempDir private Path directory;

    private final ProgramReader reader = new ProgramReader(OWN);

    @Test
    void aProcessIsTheFileThatItExecutes() throws Exception {
        try (var child = Child.of(Child.PROGRAM.toString())) {
            assertThat(reader.read(child.pid()))
                    .isEqualTo(
                            new Program.Known(
                                    executable(Child.PROGRAM, false), List.of(), child.pid()));
        }
    }

    @Test
    void whatItCallsItselfDoesNotCount() throws Exception {
        try (var child = Child.of("/bin/bash", "-c", "exec -a /usr/bin/git " + Child.PROGRAM)) {
            assertThat(known(child.pid()).executable().path()).isEqualTo(Child.PROGRAM.toString());
        }
    }

    @Test
    void aLinkIsTheFileThatItLeadsTo() throws Exception {
        var link = Files.createSymbolicLink(directory.resolve("link"), Child.PROGRAM);
        try (var child = Child.of(link.toString())) {
            assertThat(known(child.pid()).executable().path()).isEqualTo(Child.PROGRAM.toString());
        }
    }

    @Test
    void ancestorsAreNamedTheNearestFirstUpToTheSandboxesFirst() throws Exception {
        var bash = Path.of("/bin/bash").toRealPath();
        var command = "/bin/bash -c '" + Child.PROGRAM + "; exit 0'; exit 0";
        try (var child = Child.of("/bin/bash", "-c", command)) {
            int inner =
                    (int)
                            ProcessHandle.of(child.onlyChild())
                                    .orElseThrow()
                                    .children()
                                    .findFirst()
                                    .orElseThrow()
                                    .pid();

            assertThat(known(inner).executable().path()).isEqualTo(Child.PROGRAM.toString());
            assertThat(known(inner).ancestors())
                    .containsExactly(executable(bash, false), executable(bash, false));
            assertThat(new ProgramReader(child.pid()).read(inner))
                    .isEqualTo(
                            new Program.Known(
                                    executable(Child.PROGRAM, false),
                                    List.of(executable(bash, false)),
                                    inner));
        }
    }

    @Test
    void aProgramWithoutAFileIsUnknown() throws Exception {
        var place = directory.resolve("program");
        try (var child = Child.ofCopy(place)) {
            Files.delete(place);

            assertThat(reader.read(child.pid()))
                    .isEqualTo(
                            new Program.Unknown(
                                    "its program has no name in the file system", child.pid()));
        }
    }

    @Test
    void aProgramWhoseNameIsGoneIsUnknownThoughAnotherNameIsLeft() throws Exception {
        var place = directory.resolve("program");
        try (var child = Child.ofCopy(place)) {
            Files.createLink(directory.resolve("other"), place);
            Files.delete(place);

            assertThat(reader.read(child.pid())).isInstanceOf(Program.Unknown.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"program (deleted)", "a\tb\nc"})
    void aFileWithAnOddNameIsNamedAsItIs(String name) throws Exception {
        var place = directory.resolve(name);
        try (var child = Child.ofCopy(place)) {
            assertThat(known(child.pid()).executable()).isEqualTo(executable(place, false));
        }
    }

    @Test
    void anotherContentAtTheSamePathIsAChangedProgram() throws Exception {
        var place = directory.resolve("program");
        try (var child = Child.ofCopy(place)) {
            assertThat(known(child.pid()).executable().changed()).isFalse();
        }
        var other = directory.resolve("other");
        Files.copy(Child.PROGRAM, other);
        Files.writeString(other, "more", UTF_8, StandardOpenOption.APPEND);
        Files.move(other, place, StandardCopyOption.REPLACE_EXISTING);

        try (var child = Child.of(place.toString())) {
            assertThat(known(child.pid()).executable()).isEqualTo(executable(place, true));
        }
    }

    @Test
    void theFirstContentAtAPathIsUnchangedWhenItComesBack() throws Exception {
        var place = directory.resolve("program");
        var kept = Files.copy(Child.PROGRAM, directory.resolve("kept"));
        for (boolean changed : new boolean[] {false, true, false}) {
            Files.copy(kept, place, StandardCopyOption.REPLACE_EXISTING);
            if (changed) {
                Files.writeString(place, "more", UTF_8, StandardOpenOption.APPEND);
            }
            try (var child = Child.of(place.toString())) {
                assertThat(known(child.pid()).executable()).isEqualTo(executable(place, changed));
            }
        }
    }

    @Test
    void whoIsGoneIsUnknown() {
        assertThat(reader.read(1 << 30))
                .isEqualTo(new Program.Unknown("the process cannot be looked at", 1 << 30));
    }

    @Test
    void theWorkingDirectoryIsTheProcesssOwn() {
        assertThat(ProgramReader.workingDirectory(OWN))
                .isEqualTo(Path.of("").toAbsolutePath().toString());
        assertThat(ProgramReader.workingDirectory(1 << 30)).isEqualTo("/");
    }

    private Program.Known known(int pid) {
        return (Program.Known) reader.read(pid);
    }

    private static Executable executable(Path path, boolean changed)
            throws IOException, NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path));
        return new Executable(path.toString(), HexFormat.of().formatHex(digest), changed);
    }
}
