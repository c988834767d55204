package dev.clawhold.linux;

import dev.clawhold.linux.Operand.Content;
import dev.clawhold.linux.Operand.Place;
import dev.clawhold.linux.TableRecord.Next;
import dev.clawhold.linux.TableRecord.Store;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes the table of a launch image, operation by operation.
///
/// A record is eleven u64: call number, six arguments, the address that gets the result (0: none),
/// mode, target, value. Stores may hit another record's argument: that is how results travel. After
/// a fork each process has its own copy of table and data. Used by one thread.
public final class ImageBuilder {
    static final int RECORD_SIZE = 88;
    private static final int VALUE_FIELD = 9; // counted as arguments are: the record's last field
    private static final Store NOWHERE = new Store.Nowhere();

    /// A point in the table that operations can continue at.
    public static final class Label {
        private int index = -1;

        Label() {}

        int index() {
            return index;
        }
    }

    private final Architecture architecture;
    private final List<TableRecord> records = new ArrayList<>();
    private final DataSegment data = new DataSegment();
    private final Map<String, Place> texts = new HashMap<>();
    private final Label failure = new Label();

    private ImageBuilder(Architecture architecture) {
        this.architecture = architecture;
    }

    /// An empty image. It ends with its failure script: see [#failureScript].
    public static ImageBuilder begin(Architecture architecture) {
        return new ImageBuilder(architecture);
    }

    // --- data ---

    /// A text with its closing NUL; equal texts share a place.
    public Place text(String text) {
        return texts.computeIfAbsent(
                text, t -> data.add((t + "\0").getBytes(StandardCharsets.UTF_8), "`" + t + "`"));
    }

    /// Bytes, aligned to eight.
    public Place bytes(byte[] bytes, String words) {
        return data.add(bytes, words);
    }

    /// Eight zero bytes that a result can be stored in.
    public Place slot(String words) {
        return data.add(new byte[8], words);
    }

    /// A vector of addresses and numbers, such as an `argv`; it does not end in NULL by itself.
    public Place vector(String words, List<? extends Operand> elements) {
        var place = data.add(new byte[8 * elements.size()], words);
        for (int i = 0; i < elements.size(); i++) {
            data.patch(place.offset() + 8 * i, elements.get(i));
        }
        return place;
    }

    // --- operations ---

    /// A call that must succeed, else the failure script runs.
    ///
    /// @param words what it does, for people; empty where the call says it all
    /// @return the place of its result
    public Place must(String words, SystemCall call, Operand... arguments) {
        return call(words, call, new Next.Must(failure), arguments);
    }

    /// A call whose result decides nothing by itself.
    ///
    /// @return the place of its result
    public Place attempt(String words, SystemCall call, Operand... arguments) {
        return call(words, call, new Next.GoOn(), arguments);
    }

    private Place call(String words, SystemCall call, Next next, Operand... arguments) {
        int number = call.number(architecture);
        if (number < 0) {
            throw new IllegalArgumentException(architecture + " has no " + call);
        }
        var result = slot("the result of " + call);
        load(arguments);
        var store = new Store.Data(result);
        records.add(
                new TableRecord(
                        number,
                        List.of(arguments),
                        store,
                        next,
                        () -> words(words, call, arguments)));
        return result;
    }

    private static String words(String words, SystemCall call, Operand... arguments) {
        return (words.isEmpty() ? "" : words + ": ") + DataSegment.words(call, arguments);
    }

    // An argument that is known only at run time is put into the call's record just before it.
    private void load(Operand... arguments) {
        int loads = 0;
        for (var argument : arguments) {
            loads += argument instanceof Content ? 1 : 0;
        }
        int record = records.size() + loads;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof Content(var place)) {
                load(place, new Store.Argument(record, i), new Next.GoOn());
            }
        }
    }

    private void load(Place from, Store store, Next next) {
        records.add(new TableRecord(TableRecord.LOAD, List.of(from), store, next, () -> ""));
    }

    /// Copies eight bytes from one place to another.
    public void copy(Place from, Place to) {
        load(from, new Store.Data(to), new Next.GoOn());
    }

    /// Continues at the label if the number at the place is positive.
    public void ifPositive(Place place, Label label) {
        load(place, NOWHERE, new Next.IfPositive(label));
    }

    /// Continues at the label if the number at the place is equal to a value.
    public void ifEqual(Place place, long value, Label label) {
        load(place, NOWHERE, new Next.IfEqual(value, label));
    }

    /// Continues at the label if the numbers at two places are equal.
    public void ifSame(Place place, Place other, Label label) {
        load(other, new Store.Argument(records.size() + 1, VALUE_FIELD), new Next.GoOn());
        load(place, NOWHERE, new Next.IfEqual(0, label));
    }

    /// Continues at the label if the number at the place is another than a value.
    public void ifDifferent(Place place, long value, Label label) {
        load(place, NOWHERE, new Next.IfDifferent(value, label));
    }

    /// Continues at the label.
    public void jump(Label label) {
        load(DataSegment.FAILURE_SLOT, NOWHERE, new Next.Jump(label));
    }

    /// Ends the process as `wait4(2)` says that a child ended: its exit code, or 128 + its signal.
    public void leaveAs(Place waitStatus) {
        load(waitStatus, NOWHERE, new Next.Leave(waitStatus));
    }

    /// A label that is placed later.
    public Label label() {
        return new Label();
    }

    /// Places the label before the next operation.
    public void mark(Label label) {
        label.index = records.size();
    }

    /// Where an operation that must succeed continues when it fails: −errno and the address of the
    /// failed record go to the status pipe, and the process ends with 125.
    public void failureScript() {
        mark(failure);
        var status = Operand.number(LaunchImage.STATUS_DESCRIPTOR);
        attempt("", SystemCall.WRITE, status, DataSegment.FAILURE_SLOT, Operand.number(16));
        attempt("", SystemCall.EXIT_GROUP, Operand.number(125));
    }

    /// Closes the table and lays out the file.
    ///
    /// @throws IllegalStateException if a label was never placed
    public LaunchImage build() {
        var layout = new ElfLayout(architecture, records.size() * RECORD_SIZE, data.size());
        var segment = ByteBuffer.allocate(layout.segmentSize()).order(ByteOrder.LITTLE_ENDIAN);
        segment.position(ElfLayout.FAILURE_SIZE);
        records.forEach(record -> record.write(layout, segment));
        data.write(layout, segment);
        var words = records.stream().map(TableRecord::words).toList();
        return new LaunchImage(layout.file(segment.array()), layout.tableAddress(), words);
    }
}
