package dev.clawhold.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// A seccomp filter in classic BPF over `struct seccomp_data` (kernel
/// `userspace-api/seccomp_filter.rst`). Each rule stands alone: it tests, and answers in place or
/// falls through to the next; the last answer is ALLOW.
///
/// BPF's jumps are forward and short (8 bits), so no rule jumps beyond itself.
public final class SyscallFilter {
    private static final int LOAD_WORD = 0x20;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_AT_LEAST = 0x35;
    private static final int JUMP_ANY_BIT = 0x45;
    private static final int AND = 0x54;
    private static final int RETURN = 0x06;
    private static final int NUMBER = 0;
    private static final int ARCH = 4;
    private static final int ALLOW = 0x7fff_0000;
    private static final int KILL_PROCESS = 0x8000_0000;
    private static final int USER_NOTIFICATION = 0x7fc0_0000;
    private static final int FAIL = 0x0005_0000;
    private static final int LONGEST = 4096;

    private record Instruction(int code, int ifTrue, int ifFalse, int operand) {}

    private final Architecture architecture;
    private final List<Instruction> program = new ArrayList<>();
    private final List<String> words = new ArrayList<>();

    private SyscallFilter(Architecture architecture) {
        this.architecture = architecture;
    }

    /// A filter that kills calls of a foreign architecture and refuses, as unknown, every number
    /// above [SystemCall#HIGHEST_KNOWN], x32's among them.
    public static SyscallFilter begin(Architecture architecture) {
        var filter = new SyscallFilter(architecture);
        filter.add(LOAD_WORD, 0, 0, ARCH);
        filter.add(JUMP_EQUAL, 1, 0, (int) architecture.auditWord());
        filter.add(RETURN, 0, 0, KILL_PROCESS);
        filter.add(LOAD_WORD, 0, 0, NUMBER);
        filter.add(JUMP_AT_LEAST, 0, 1, SystemCall.HIGHEST_KNOWN + 1);
        filter.add(RETURN, 0, 0, FAIL | Errno.ENOSYS.number());
        filter.words.add("another architecture's calls: the process is killed");
        filter.words.add("numbers above " + SystemCall.HIGHEST_KNOWN + ": ENOSYS");
        return filter;
    }

    /// Hands the call to the listener.
    public SyscallFilter ask(SystemCall call) {
        when(call, () -> add(RETURN, 0, 0, USER_NOTIFICATION), 1, "the gateway decides");
        return this;
    }

    /// Refuses the calls whatever their arguments.
    public SyscallFilter refuse(Errno errno, SystemCall... calls) {
        for (var call : calls) {
            when(call, () -> add(RETURN, 0, 0, FAIL | errno.number()), 1, errno.name());
        }
        return this;
    }

    /// Refuses the call when an argument, under a mask, has any bit set.
    public SyscallFilter refuseBits(Errno errno, SystemCall call, int argument, int bits) {
        when(
                call,
                () -> {
                    add(LOAD_WORD, 0, 0, low(argument));
                    add(JUMP_ANY_BIT, 0, 1, bits);
                    add(RETURN, 0, 0, FAIL | errno.number());
                    add(RETURN, 0, 0, ALLOW);
                },
                4,
                errno.name()
                        + " if argument "
                        + argument
                        + " has a bit of 0x"
                        + Integer.toHexString(bits));
        return this;
    }

    /// Refuses the call when `flags` has a bit of `trigger` and `mode` a bit of `bits`: the file
    /// mode counts only where a file may be made.
    public SyscallFilter refuseBitsIf(
            Errno errno, SystemCall call, int flags, int trigger, int mode, int bits) {
        when(
                call,
                () -> {
                    add(LOAD_WORD, 0, 0, low(flags));
                    add(JUMP_ANY_BIT, 0, 3, trigger);
                    add(LOAD_WORD, 0, 0, low(mode));
                    add(JUMP_ANY_BIT, 0, 1, bits);
                    add(RETURN, 0, 0, FAIL | errno.number());
                    add(RETURN, 0, 0, ALLOW);
                },
                6,
                errno.name()
                        + " if it may make a file with mode bits 0x"
                        + Integer.toHexString(bits));
        return this;
    }

    /// Refuses the call unless an argument's low word is one of some values.
    public SyscallFilter refuseUnless(Errno errno, SystemCall call, int argument, int... values) {
        when(
                call,
                () -> {
                    add(LOAD_WORD, 0, 0, low(argument));
                    for (int i = 0; i < values.length; i++) {
                        add(JUMP_EQUAL, values.length - i, 0, values[i]);
                    }
                    add(RETURN, 0, 0, FAIL | errno.number());
                    add(RETURN, 0, 0, ALLOW);
                },
                values.length + 3,
                errno.name() + " unless argument " + argument + " is listed");
        return this;
    }

    /// Refuses the call when an argument's low word is one of some values.
    public SyscallFilter refuseIf(Errno errno, SystemCall call, int argument, int... values) {
        when(
                call,
                () -> {
                    add(LOAD_WORD, 0, 0, low(argument));
                    for (int i = 0; i < values.length; i++) {
                        add(JUMP_EQUAL, values.length - i, 0, values[i]);
                    }
                    add(RETURN, 0, 0, ALLOW);
                    add(RETURN, 0, 0, FAIL | errno.number());
                },
                values.length + 3,
                errno.name() + " if argument " + argument + " is listed");
        return this;
    }

    /// Refuses `setsockopt` of one option of one level.
    public SyscallFilter refuseOption(Errno errno, int level, int option) {
        when(
                SystemCall.SETSOCKOPT,
                () -> {
                    add(LOAD_WORD, 0, 0, low(1));
                    add(JUMP_EQUAL, 0, 3, level);
                    add(LOAD_WORD, 0, 0, low(2));
                    add(JUMP_EQUAL, 0, 1, option);
                    add(RETURN, 0, 0, FAIL | errno.number());
                    add(RETURN, 0, 0, ALLOW);
                },
                6,
                errno.name() + " for option " + option + " of level " + level);
        return this;
    }

    /// The rules of `socket(2)`: which domains, and which protocols and types in each.
    public SyscallFilter sockets(SocketRules rules) {
        var body = rules.body();
        when(
                SystemCall.SOCKET,
                () -> body.forEach(i -> add(i[0], i[1], i[2], i[3])),
                body.size(),
                rules.words());
        return this;
    }

    // A block that has loaded an argument ends in RETURN: the number is no longer at hand.
    private void when(SystemCall call, Runnable block, int length, String answer) {
        var number = call.number(architecture);
        if (number < 0) {
            return;
        }
        add(JUMP_EQUAL, 0, length, number);
        block.run();
        words.add(call + ": " + answer);
    }

    static int low(int argument) {
        return 16 + 8 * argument;
    }

    static int[] load(int argument) {
        return new int[] {LOAD_WORD, 0, 0, low(argument)};
    }

    static int[] mask(int bits) {
        return new int[] {AND, 0, 0, bits};
    }

    static int[] equal(int value, int ifTrue, int ifFalse) {
        return new int[] {JUMP_EQUAL, ifTrue, ifFalse, value};
    }

    static int[] fail(Errno errno) {
        return new int[] {RETURN, 0, 0, FAIL | errno.number()};
    }

    static int[] allow() {
        return new int[] {RETURN, 0, 0, ALLOW};
    }

    private void add(int code, int ifTrue, int ifFalse, int operand) {
        program.add(new Instruction(code, ifTrue, ifFalse, operand));
    }

    /// The rules in words, in their order.
    public List<String> explanation() {
        return List.copyOf(words);
    }

    /// The number of instructions, the closing ALLOW included.
    public int length() {
        return program.size() + 1;
    }

    /// The program as an array of `struct sock_filter`.
    public byte[] encode() {
        if (length() > LONGEST) {
            throw new IllegalStateException(
                    "the filter has more than " + LONGEST + " instructions");
        }
        var out = ByteBuffer.allocate(8 * length()).order(ByteOrder.LITTLE_ENDIAN);
        for (var i : program) {
            put(out, i);
        }
        put(out, new Instruction(RETURN, 0, 0, ALLOW));
        return out.array();
    }

    private static void put(ByteBuffer out, Instruction i) {
        out.putShort((short) i.code()).put((byte) i.ifTrue()).put((byte) i.ifFalse());
        out.putInt(i.operand());
    }
}
