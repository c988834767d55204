package dev.clawhold.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.linux.FileWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WatchedFilesTest {
    private static final int PATIENCE = 20;

    @TempDir private Path temporary;

    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private Path directory = Path.of("/");
    private Path file = Path.of("/");

    @BeforeEach
    void write() throws IOException {
        directory = temporary.toRealPath();
        file = Files.writeString(directory.resolve("policy.yaml"), "old");
    }

    @Nested
    class APlainFile {
        @BeforeEach
        void begin() {
            watch(file);
        }

        @Test
        void isReadWhenItWasWrittenInPlace() throws Exception {
            Files.writeString(file, "new");

            assertSeen("new");
        }

        @Test
        void isReadWhenAnotherWasRenamedOverIt() throws Exception {
            replace(file, "new");

            assertSeen("new");
        }

        @Test
        void isReadWhenItWasMovedAwayAndMadeAnew() throws Exception {
            Files.move(file, directory.resolve("policy.yaml~"));
            Files.writeString(file, "new");

            assertSeen("new");
        }

        @Test
        void isReadWhenItWasDeletedAndMadeAnew() throws Exception {
            Files.delete(file);
            Files.writeString(file, "new");

            assertSeen("new");
        }

        @Test
        void isReadWhenAnotherWasLinkedInItsPlace() throws Exception {
            var other = Files.writeString(directory.resolve("other"), "new");
            Files.delete(file);
            Files.createLink(file, other);

            assertSeen("new");
        }

        @Test
        void isReadWhenALinkTookItsPlaceAndItsTargetIsWatchedFromThenOn() throws Exception {
            var elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
            var other = Files.writeString(elsewhere.resolve("other"), "new");
            Files.delete(file);
            Files.createSymbolicLink(file, other);
            assertSeen("new");

            Files.writeString(other, "newer");
            assertSeen("newer");
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void isNotReadWhileItIsBeingWritten(boolean anew) throws Exception {
            if (anew) {
                Files.delete(file);
            }
            try (var out = Files.newBufferedWriter(file, UTF_8)) {
                out.write("half ");
                out.flush();
                Files.writeString(directory.resolve("other"), "other");
                out.write("whole");
            }
            assertThat(seen.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("half whole");
            assertThat(seen).isEmpty();
        }

        @Test
        void isNotReadWhenAnotherFileChanges() throws Exception {
            Files.writeString(directory.resolve("other"), "other");
            replace(directory.resolve("policy.yaml.bak"), "other");
            Files.writeString(file, "new");

            assertThat(seen.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("new");
        }

        @Test
        void isReadAfterEachOfManyChanges() throws Exception {
            for (int i = 0; i < 50; i++) {
                if (i % 2 == 0) {
                    Files.writeString(file, "new " + i);
                } else {
                    replace(file, "new " + i);
                }
                assertSeen("new " + i);
            }
        }
    }

    @Nested
    class AFileBehindLinks {
        @Test
        void isReadWhenTheLinkIsSwapped() throws Exception {
            var link = Files.createSymbolicLink(directory.resolve("link"), file);
            watch(link);
            var other = Files.writeString(directory.resolve("other"), "new");
            swap(link, other);

            assertSeen("new");
            Files.writeString(other, "newer");
            assertSeen("newer");
        }

        @Test
        void isReadWhenItsTargetIsWrittenOrReplaced() throws Exception {
            var deep = Files.createDirectories(directory.resolve("a/b"));
            var target = Files.writeString(deep.resolve("target"), "old");
            var second = Files.createSymbolicLink(deep.resolve("second"), Path.of("target"));
            watch(Files.createSymbolicLink(directory.resolve("link"), second));

            Files.writeString(target, "new");
            assertSeen("new");
            replace(target, "newer");
            assertSeen("newer");
        }

        @Test
        void isReadWhenADirectoryOfLinksIsSwappedAsOrchestratorsDo() throws Exception {
            for (var version : new String[] {"..1", "..2", "..3"}) {
                Files.createDirectory(directory.resolve(version));
                Files.writeString(directory.resolve(version).resolve("p.yaml"), version);
            }
            var data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("..1"));
            watch(Files.createSymbolicLink(directory.resolve("p.yaml"), Path.of("..data/p.yaml")));

            swap(data, Path.of("..2"));
            assertSeen("..2");
            swap(data, Path.of("..3"));
            assertSeen("..3");
        }

        @Test
        void isReadWhenALinkOnTheWayIsSwapped() throws Exception {
            for (var version : new String[] {"one", "two"}) {
                Files.createDirectories(directory.resolve(version).resolve("conf"));
                Files.writeString(directory.resolve(version).resolve("conf/p"), version);
            }
            var current = Files.createSymbolicLink(directory.resolve("current"), Path.of("one"));
            watch(current.resolve("conf/p"));

            Files.writeString(directory.resolve("one/conf/p"), "changed");
            assertSeen("changed");
            swap(current, Path.of("two"));
            assertSeen("two");
            Files.writeString(directory.resolve("two/conf/p"), "changed too");
            assertSeen("changed too");
        }

        @Test
        void isFoundWhereThePathGoesUpBehindALink() throws Exception {
            var far = Files.createDirectories(directory.resolve("far/inner"));
            var target = Files.writeString(directory.resolve("far/p"), "old");
            var link = Files.createSymbolicLink(directory.resolve("link"), far);
            watch(link.resolve("../p"));

            Files.writeString(target, "new");
            assertSeen("new");
        }

        @Test
        void mayDangleForAWhile() throws Exception {
            var target = directory.resolve("target");
            watch(Files.createSymbolicLink(directory.resolve("link"), target));
            Files.writeString(target, "new");

            assertSeen("new");
        }

        @Test
        void mayLeadInACircleForAWhile() throws Exception {
            var one = directory.resolve("one");
            var two = Files.createSymbolicLink(directory.resolve("two"), one);
            Files.createSymbolicLink(one, two);
            watch(one);
            swap(one, file);

            assertSeen("old");
        }
    }

    private void watch(Path path) {
        var watched = new WatchedFiles(List.of(path), new FileWatch());
        Thread.ofPlatform().daemon().start(() -> watched.forEachChange(() -> look(path)));
    }

    private void look(Path path) {
        try {
            seen.add(Files.readString(path));
        } catch (NoSuchFileException _) {
            seen.add("nothing");
        } catch (IOException e) {
            seen.add(e.toString());
        }
    }

    /// A look more than is needed does no harm: the last one counts.
    private void assertSeen(String content) throws InterruptedException {
        var last = seen.poll(PATIENCE, TimeUnit.SECONDS);
        while (last != null && !last.equals(content)) {
            last = seen.poll(PATIENCE, TimeUnit.SECONDS);
        }
        assertThat(last).isEqualTo(content);
    }

    private void replace(Path path, String content) throws IOException {
        var aside = Files.writeString(directory.resolve("aside"), content);
        Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private void swap(Path link, Path target) throws IOException {
        var aside = Files.createSymbolicLink(directory.resolve("aside"), target);
        Files.move(aside, link, StandardCopyOption.ATOMIC_MOVE);
    }
}
