package dev.clawhold.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Runs a seccomp program as the kernel does: classic BPF over one `struct seccomp_data`
/// (`seccomp(2)`). Knows the instructions that filters use and refuses every other.
final class BpfMachine {
    static final int ALLOW = 0x7fff_0000;
    static final int KILL_PROCESS = 0x8000_0000;
    static final int ASK = 0x7fc0_0000;

    private final ByteBuffer program;

    BpfMachine(byte[] program) {
        this.program = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
    }

    static int errno(int number) {
        return 0x0005_0000 | number;
    }

    /// What the filter answers to a call.
    int answer(long architecture, int number, long... arguments) {
        var call = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        call.putInt(0, number).putInt(4, (int) architecture);
        for (int i = 0; i < arguments.length; i++) {
            call.putLong(16 + 8 * i, arguments[i]);
        }
        int accumulator = 0;
        int at = 0;
        while (true) {
            int code = program.getShort(8 * at);
            int ifTrue = program.get(8 * at + 2) & 0xFF;
            int ifFalse = program.get(8 * at + 3) & 0xFF;
            int operand = program.getInt(8 * at + 4);
            at++;
            switch (code) {
                case 0x20 -> accumulator = call.getInt(operand);
                case 0x54 -> accumulator &= operand;
                case 0x15 -> at += accumulator == operand ? ifTrue : ifFalse;
                case 0x35 ->
                        at += Integer.compareUnsigned(accumulator, operand) >= 0 ? ifTrue : ifFalse;
                case 0x45 -> at += (accumulator & operand) != 0 ? ifTrue : ifFalse;
                case 0x06 -> {
                    return operand;
                }
                default -> throw new IllegalArgumentException("instruction " + code);
            }
        }
    }
}
