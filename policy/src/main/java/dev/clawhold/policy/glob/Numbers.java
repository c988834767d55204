package dev.clawhold.policy.glob;

import java.util.Arrays;

/// Some numbers as one key. Whoever makes it no longer changes the array.
final class Numbers {
    private final int[] numbers;

    Numbers(int[] numbers) {
        this.numbers = numbers;
    }

    int size() {
        return numbers.length;
    }

    int at(int place) {
        return numbers[place];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Numbers that && Arrays.equals(numbers, that.numbers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(numbers);
    }
}
