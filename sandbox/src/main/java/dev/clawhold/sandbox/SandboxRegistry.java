package dev.clawhold.sandbox;

import dev.clawhold.linux.Caller;
import dev.clawhold.linux.Descriptors;
import dev.clawhold.linux.SyscallException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The sandboxes of one operator that are running, as one small file each, so that what a killed
/// supervisor leaves behind can be found and ended. Names are unique among them.
///
/// Safe for several processes at once: a file appears whole, under its name, or not at all.
public final class SandboxRegistry {
    private static final int SIGKILL = 9;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String SUFFIX = ".sandbox";

    private final Path directory;

    private SandboxRegistry(Path directory) {
        this.directory = directory;
    }

    /// What happened to one sandbox whose supervisor was gone.
    ///
    /// @param ended whether nothing of it is left
    /// @param detail what was done, or what is still there
    public record Reaped(String name, boolean ended, String detail) {}

    /// The registry in a directory, which is made where it is not there.
    ///
    /// @throws SetupException if it cannot be made, or others than the caller can write in it
    public static SandboxRegistry in(Path directory) {
        try {
            var owner = PosixFilePermissions.fromString("rwx------");
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(owner));
            var uid = Files.getAttribute(directory, "unix:uid");
            var rights = Files.getPosixFilePermissions(directory);
            if (!(uid instanceof Integer id)
                    || Integer.toUnsignedLong(id) != Caller.current().uid()
                    || rights.contains(PosixFilePermission.GROUP_WRITE)
                    || rights.contains(PosixFilePermission.OTHERS_WRITE)) {
                throw cannot(directory, "another user could write in it", "chmod 700 " + directory);
            }
            return new SandboxRegistry(directory);
        } catch (IOException e) {
            throw cannot(directory, e.getMessage(), "free or mend the place, or choose another");
        }
    }

    private static SetupException cannot(Path directory, @Nullable String why, String mend) {
        return new SetupException(
                Layer.PROCESSES,
                "the list of running sandboxes cannot be kept in `" + directory + "`: " + why,
                mend);
    }

    /// Takes a name for a sandbox that is about to start.
    ///
    /// @throws SetupException if a live sandbox has it
    RegistryEntry claim(String name, List<String> groups) {
        var entry =
                new RegistryEntry(
                        name,
                        ProcessId.of((int) ProcessHandle.current().pid()).orElseThrow(),
                        Optional.empty(),
                        Optional.empty(),
                        groups);
        return locked(() -> {
            var holder = read(file(name));
            if (holder.filter(RegistryEntry::lives).isPresent()) {
                throw taken(name);
            }
            holder.ifPresent(SandboxRegistry::end);
            update(entry);
            return entry;
        });
    }

    private static SetupException taken(String name) {
        return new SetupException(
                Layer.PROCESSES,
                "a sandbox named `" + name + "` is running",
                "choose another name with --name, or end it with `clawhold reap` if its supervisor"
                        + " is gone");
    }

    private Path file(String name) {
        return directory.resolve(name + SUFFIX);
    }

    // One process at a time looks for a name and takes it, or reaps.
    private synchronized <T> T locked(Supplier<T> action) {
        try (var channel =
                        FileChannel.open(
                                directory.resolve("lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            return action.get();
        } catch (IOException e) {
            throw cannot(directory, e.getMessage(), "free or mend the place, or choose another");
        }
    }

    private Path draft(RegistryEntry entry) throws IOException {
        var draft = Files.createTempFile(directory, "draft", "");
        return Files.writeString(
                draft, entry.text(), StandardCharsets.UTF_8, StandardOpenOption.WRITE);
    }

    /// Replaces what is written about a sandbox.
    void update(RegistryEntry entry) {
        try {
            Files.move(
                    draft(entry),
                    file(entry.name()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw cannot(directory, e.getMessage(), "free or mend the place, or choose another");
        }
    }

    /// Forgets a sandbox that has ended.
    void delete(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw cannot(directory, e.getMessage(), "free or mend the place, or choose another");
        }
    }

    private static Optional<RegistryEntry> read(Path file) {
        try {
            return RegistryEntry.parse(Files.readString(file));
        } catch (IOException _) {
            return Optional.empty(); // it has just ended
        }
    }

    /// The names of the sandboxes that are running, sorted.
    public List<String> names() {
        return entries().stream().filter(RegistryEntry::lives).map(RegistryEntry::name).toList();
    }

    private List<RegistryEntry> entries() {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .map(SandboxRegistry::read)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparing(RegistryEntry::name))
                    .toList();
        } catch (IOException e) {
            throw cannot(directory, e.getMessage(), "free or mend the place, or choose another");
        }
    }

    /// Ends every sandbox whose supervisor is gone, and removes what it left.
    ///
    /// @return what was done, sorted by name
    public List<Reaped> reap() {
        return locked(this::reapAll);
    }

    private List<Reaped> reapAll() {
        var reaped = new ArrayList<Reaped>();
        for (var entry : entries()) {
            if (!entry.supervisor().lives()) {
                var result = end(entry);
                if (result.ended()) {
                    delete(entry.name());
                }
                reaped.add(result);
            }
        }
        return reaped;
    }

    private static Reaped end(RegistryEntry entry) {
        boolean keeperGone = entry.keeper().map(SandboxRegistry::kill).orElse(true);
        boolean initGone = entry.init().map(SandboxRegistry::kill).orElse(true);
        var groups = ControlGroups.remove(entry.groups());
        if (!keeperGone || !initGone) {
            return new Reaped(entry.name(), false, "its processes could not be ended");
        }
        if (!groups.isEmpty()) {
            return new Reaped(
                    entry.name(), false, "control groups are left: " + String.join(", ", groups));
        }
        return new Reaped(entry.name(), true, "ended");
    }

    // The descriptor stands for one process: a number that was given again is not hit.
    private static boolean kill(ProcessId process) {
        try {
            int descriptor = Descriptors.ofProcess(process.pid());
            try {
                if (process.lives()) {
                    Descriptors.signal(descriptor, SIGKILL);
                    return Descriptors.awaitEnd(descriptor, PATIENCE);
                }
                return true;
            } finally {
                Descriptors.close(descriptor);
            }
        } catch (SyscallException _) {
            return true; // it is gone
        }
    }
}
