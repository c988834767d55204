package dev.clawhold.linux;

import dev.clawhold.linux.ImageBuilder.Label;
import dev.clawhold.linux.Operand.Place;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;

/// One record of a launch image's table: a system call or a load, what happens to its result, and
/// what comes next.
///
/// @param number the call's number; −1 loads the u64 at the first argument instead
/// @param words what it does, for people; asked for only when somebody reads
record TableRecord(
        int number, List<Operand> arguments, Store store, Next next, Supplier<String> words) {
    static final int LOAD = -1;

    /// Where a result goes.
    sealed interface Store {
        record Nowhere() implements Store {}

        record Data(Place place) implements Store {}

        record Argument(int record, int index) implements Store {}
    }

    /// What comes after the call: the stub's modes.
    sealed interface Next {
        /// The next record.
        record GoOn() implements Next {}

        /// The label if the result is negative, with the failure slot filled in.
        record Must(Label failure) implements Next {}

        record IfPositive(Label label) implements Next {}

        record IfEqual(long value, Label label) implements Next {}

        record IfDifferent(long value, Label label) implements Next {}

        record Jump(Label label) implements Next {}

        /// The end of the process, with the wait status at the place.
        record Leave(Place status) implements Next {}
    }

    void write(ElfLayout layout, ByteBuffer out) {
        out.putLong(number);
        for (int i = 0; i < 6; i++) {
            out.putLong(i < arguments.size() ? layout.value(arguments.get(i)) : 0);
        }
        out.putLong(
                switch (store) {
                    case Store.Nowhere _ -> 0;
                    case Store.Data(var place) -> layout.value(place);
                    case Store.Argument(var record, var index) ->
                            layout.recordAddress(record) + 8L * (1 + index);
                });
        switch (next) {
            case Next.GoOn _ -> put(out, 0, 0, 0);
            case Next.Must(var failure) -> put(out, 1, layout.address(failure), 0);
            case Next.IfPositive(var label) -> put(out, 2, layout.address(label), 0);
            case Next.IfEqual(var value, var label) -> put(out, 3, layout.address(label), value);
            case Next.IfDifferent(var value, var label) ->
                    put(out, 4, layout.address(label), value);
            case Next.Jump(var label) -> put(out, 5, layout.address(label), 0);
            case Next.Leave(var status) -> put(out, 6, layout.value(status), 0);
        }
    }

    private static void put(ByteBuffer out, long mode, long target, long value) {
        out.putLong(mode).putLong(target).putLong(value);
    }
}
