package dev.clawhold.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LauncherTest {
    @Test
    void anImageRunsFromMemory() {
        assertThat(new Launcher().start(endingWith(41), -1).await()).isEqualTo(41);
    }

    @Test
    void anImageRunsFromDiskWhereMemoryFilesAreRefused() {
        var refused = new SyscallException(SystemCall.MEMFD_CREATE, 13);
        assertThat(new Launcher().startFromDisk(endingWith(42), -1, refused).await()).isEqualTo(42);
    }

    @Test
    void anImageOnDiskIsItsOwnersAloneAndGoneWhenItIsClosed() throws IOException {
        Path path;
        try (var file = DiskFile.executable(new byte[] {1})) {
            path = Path.of(file.path());
            assertThat(Files.getPosixFilePermissions(path))
                    .hasToString("[OWNER_READ, OWNER_WRITE, OWNER_EXECUTE]");
        }
        assertThat(path).doesNotExist();
    }

    private static LaunchImage endingWith(int status) {
        var image = ImageBuilder.begin(Architecture.current());
        image.attempt("end", SystemCall.EXIT_GROUP, Operand.number(status));
        image.failureScript();
        return image.build();
    }
}
