package dev.clawhold.linux;

import java.util.List;
import java.util.function.Supplier;

/// A finished launch image: a static ELF executable without an interpreter, libraries or symbols,
/// that makes the system calls of its table and ends in the workload's `execve`.
public final class LaunchImage {
    /// Where the status pipe's writing end must stand when the image starts.
    public static final int STATUS_DESCRIPTOR = 110;

    private final byte[] file;
    private final long tableAddress;
    private final List<Supplier<String>> operations;

    LaunchImage(byte[] file, long tableAddress, List<Supplier<String>> operations) {
        this.file = file;
        this.tableAddress = tableAddress;
        this.operations = List.copyOf(operations);
    }

    /// The executable file.
    public byte[] file() {
        return file.clone();
    }

    int size() {
        return file.length;
    }

    /// The table in words, one operation a line.
    public List<String> explanation() {
        return operations.stream().map(Supplier::get).filter(words -> !words.isEmpty()).toList();
    }

    /// The operation whose record stands at an address: a failure report names it so.
    public String operationAt(long address) {
        var index = (int) ((address - tableAddress) / ImageBuilder.RECORD_SIZE);
        return index >= 0 && index < operations.size()
                ? operations.get(index).get()
                : "an unknown operation";
    }
}
