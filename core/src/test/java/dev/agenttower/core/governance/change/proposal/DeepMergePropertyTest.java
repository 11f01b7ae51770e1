package dev.agenttower.core.governance.change.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DeepMergePropertyTest {
    @Property(tries = 500)
    void merging_twice_is_merging_once(
            @ForAll("objects") Map<String, Object> base, @ForAll("objects") Map<String, Object> more) {
        Map<String, ?> once = DeepMerge.merge(base, more);
        assertThat(DeepMerge.merge(once, more)).isEqualTo(once);
    }

    @Property(tries = 500)
    void on_disjoint_keys_the_order_of_merging_is_of_no_account(
            @ForAll("objects") Map<String, Object> a,
            @ForAll("objects") Map<String, Object> b,
            @ForAll("objects") Map<String, Object> c) {
        Map<String, Object> first = Map.of("first", a);
        Map<String, Object> second = Map.of("second", b);
        Map<String, Object> third = Map.of("third", c);
        assertThat(DeepMerge.merge(DeepMerge.merge(first, second), third))
                .isEqualTo(DeepMerge.merge(first, DeepMerge.merge(second, third)));
    }

    @Property(tries = 500)
    void no_key_is_removed_and_new_ones_come_last(
            @ForAll("objects") Map<String, Object> base, @ForAll("objects") Map<String, Object> more) {
        List<String> keys = List.copyOf(DeepMerge.merge(base, more).keySet());
        assertThat(keys.subList(0, base.size())).containsExactlyElementsOf(base.keySet());
        assertThat(keys).containsAll(more.keySet());
    }

    @Example
    void everything_but_two_objects_replaces() {
        Map<String, Object> base = new LinkedHashMap<>();
        base.put("scalar", 1);
        base.put("object", Map.of("a", 1));
        base.put("list", List.of(1, 2));
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("scalar", Map.of("b", 2));
        more.put("object", Collections.singletonMap("a", null));
        more.put("list", List.of(3));
        assertThat(DeepMerge.merge(base, more))
                .containsEntry("scalar", Map.of("b", 2))
                .containsEntry("object", Collections.singletonMap("a", null))
                .containsEntry("list", List.of(3));
    }

    @Provide
    Arbitrary<Map<String, Object>> objects() {
        return objects(3);
    }

    private static Arbitrary<Map<String, Object>> objects(int depth) {
        Arbitrary<Object> leaf = Arbitraries.of(Arrays.asList(1, "x", true, null, List.of(1), 2.5));
        Arbitrary<Object> value =
                depth == 0 ? leaf : Arbitraries.oneOf(leaf, objects(depth - 1).map(o -> (Object) o));
        return Arbitraries.maps(Arbitraries.of("a", "b", "c"), value).ofMaxSize(3);
    }
}
