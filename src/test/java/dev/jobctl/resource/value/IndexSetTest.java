package dev.jobctl.resource.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexSetTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'';''",
                "0;0",
                "0,1;0,1",
                "0,1,2;0-2",
                "5,3,1;1,3,5",
                "1,2,4,5,6,9;1,2,4-6,9",
                "7,7,7;7",
                "10,11,12,13;10-13"
            })
    void printsThreeInARowAsAnIntervalAndTwoWithAComma(String indexes, String text) {
        assertThat(IndexSet.of(numbers(indexes))).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0,1", "0-2", "1,3-5,7,9,10", "0-99999"})
    void readsWhatItPrints(String text) {
        assertThat(good(text, 100_000)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"0-1;0,1", "0-2,3-5;0-5", "1,2,3;1-3", "+4;4", "007;7", "0-1,2;0-2"})
    void acceptsOtherSpellings(String text, String canonical) {
        assertThat(good(text, 10)).hasToString(canonical);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1-2-3;the fragment \"1-2-3\" violates the requirement that an index interval can have at most two"
                        + " parts separated by '-'",
                "a;cannot convert string to integer for index: \"a\"",
                "1,;cannot convert string to integer for index: \"\"",
                "-1;cannot convert string to integer for index: \"\"",
                "1-;cannot convert string to integer for index: \"\"",
                "1 ;cannot convert string to integer for index: \"1 \"",
                "1.5;cannot convert string to integer for index: \"1.5\"",
                "١;cannot convert string to integer for index: \"١\"",
                "99999999999999999999;cannot convert string to integer for index: \"99999999999999999999\"",
                "10;too large index: \"10\"",
                "3-10;too large index: \"10\"",
                "99999999999;too large index: \"99999999999\"",
                "3-3;non-increasing order, previous: 3, current: 3",
                "5-2;non-increasing order, previous: 5, current: 2",
                "3,3;non-increasing order, previous: 3, current: 3",
                "0-4,2;non-increasing order, previous: 4, current: 2"
            },
            ignoreLeadingAndTrailingWhitespace = false)
    void saysInTheApisWordsWhatIsWrong(String text, String message) {
        assertThat(IndexSet.parse(text, 10)).isEqualTo(new Parsed.Bad<IndexSet>(message));
    }

    @Test
    void readsAStatusLeniently() {
        assertThat(IndexSet.lenient("5,x,1-3,9-7,2")).hasToString("1-3,5");
    }

    @Test
    void behavesAsASetOfNumbers() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 300; round++) {
            NavigableSet<Integer> a = draw(random);
            NavigableSet<Integer> b = draw(random);
            IndexSet mine = set(a);
            IndexSet other = set(b);
            assertThat(mine.size()).isEqualTo(a.size());
            assertThat(numbers(mine.union(other))).isEqualTo(both(a, b));
            assertThat(numbers(mine.minus(other))).isEqualTo(without(a, b));
            assertThat(numbers(mine.intersect(other))).isEqualTo(without(a, without(a, b)));
            assertThat(numbers(mine.below(20))).isEqualTo(a.headSet(20, false));
            assertThat(numbers(mine.plus(7))).isEqualTo(both(a, new TreeSet<>(List.of(7))));
            assertThat(mine.missing(40, 9)).isEqualTo(set(missing(a, 40, 9)));
            assertThat(good(mine.toString(), 64)).isEqualTo(mine).hasSameHashCodeAs(mine);
            IntStream.range(-1, 64).forEach(i -> assertThat(mine.contains(i)).isEqualTo(a.contains(i)));
        }
    }

    @Test
    void aHundredThousandIndexesAreOneIntervalOrCheapMany() {
        IndexSet all = IndexSet.range(0, 99_999);
        assertThat(all.size()).isEqualTo(100_000);
        assertThat(all).hasToString("0-99999");
        int[] even = IntStream.range(0, 50_000).map(i -> 2 * i).toArray();
        IndexSet odd = all.minus(IndexSet.of(even));
        assertThat(odd.size()).isEqualTo(50_000);
        assertThat(odd.union(IndexSet.of(even))).isEqualTo(all);
        assertThat(odd.missing(100_000, 3)).hasToString("0,2,4");
    }

    @Test
    void anEmptyRangeIsEmpty() {
        assertThat(IndexSet.range(5, 4)).isEqualTo(IndexSet.EMPTY);
        assertThat(IndexSet.EMPTY.missing(3, 10)).hasToString("0-2");
        assertThat(IndexSet.EMPTY.isEmpty()).isTrue();
    }

    private static IndexSet good(String text, int limit) {
        return switch (IndexSet.parse(text, limit)) {
            case Parsed.Good<IndexSet>(IndexSet value) -> value;
            case Parsed.Bad<IndexSet>(String message) -> throw new AssertionError(message);
        };
    }

    private static int[] numbers(String text) {
        return text.isEmpty()
                ? new int[0]
                : IntStream.of(java.util.Arrays.stream(text.split(","))
                                .mapToInt(Integer::parseInt)
                                .toArray())
                        .toArray();
    }

    private static NavigableSet<Integer> numbers(IndexSet set) {
        TreeSet<Integer> numbers = new TreeSet<>();
        set.forEach(numbers::add);
        assertThat(set.stream().boxed().toList()).isEqualTo(List.copyOf(numbers));
        return numbers;
    }

    private static IndexSet set(NavigableSet<Integer> numbers) {
        return IndexSet.of(numbers.stream().mapToInt(Integer::intValue).toArray());
    }

    private static NavigableSet<Integer> draw(SplittableRandom random) {
        int share = random.nextInt(1, 10);
        return IntStream.range(0, 64)
                .filter(i -> random.nextInt(10) < share)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static NavigableSet<Integer> both(NavigableSet<Integer> a, NavigableSet<Integer> b) {
        TreeSet<Integer> both = new TreeSet<>(a);
        both.addAll(b);
        return both;
    }

    private static NavigableSet<Integer> without(NavigableSet<Integer> a, NavigableSet<Integer> b) {
        TreeSet<Integer> rest = new TreeSet<>(a);
        rest.removeAll(b);
        return rest;
    }

    private static NavigableSet<Integer> missing(NavigableSet<Integer> a, int limit, int count) {
        return IntStream.range(0, limit)
                .filter(i -> !a.contains(i))
                .limit(count)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
