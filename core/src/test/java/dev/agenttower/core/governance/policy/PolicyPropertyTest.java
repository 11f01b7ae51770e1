package dev.agenttower.core.governance.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.project.PathText;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The path rules against a reference that follows them word by word. */
class PolicyPropertyTest {
    @Property(tries = 2000)
    void covers_what_equals_an_entry_or_is_below_one(
            @ForAll("entries") List<String> entries, @ForAll("path") String path) {
        String target = reference(path);
        boolean expected = false;
        for (String entry : entries) {
            String normal = reference(entry);
            expected |= target.equals(normal) || target.startsWith(normal.equals("/") ? "/" : normal + "/");
        }
        assertThat(PathSet.of(entries).covers(PathText.normal(path))).isEqualTo(expected);
    }

    @Property(tries = 2000)
    void normal_form_is_that_of_the_reference_and_stays_as_it_is(@ForAll("path") String path) {
        String normal = PathText.normal(path);
        assertThat(normal).isEqualTo(reference(path));
        assertThat(PathText.normal(normal)).isEqualTo(normal);
    }

    @Property(tries = 2000)
    void whatever_is_above_or_below_or_at_a_sovereign_path_touches_it(@ForAll("path") String path) {
        String target = reference(path);
        ProtectedPaths paths = new ProtectedPaths(List.of("a/b", "c"));
        boolean expected = target.equals(".");
        for (String sovereign : paths.sovereign()) {
            expected |= (sovereign + "/").startsWith(target + "/") || (target + "/").startsWith(sovereign + "/");
        }
        assertThat(paths.touchesSovereign(target)).isEqualTo(expected);
    }

    @Provide
    Arbitrary<String> path() {
        Arbitrary<String> name =
                Arbitraries.of("a", "b", "c", "ab", "a.", "..", ".", "", "config", "specs.json", "_cortex");
        return name.list().ofMaxSize(6).map(names -> String.join("/", names));
    }

    @Provide
    Arbitrary<List<String>> entries() {
        return path().list().ofMaxSize(4);
    }

    /** Rewrites the text until no rule applies any more. */
    private static String reference(String path) {
        List<String> names = new ArrayList<>(List.of(path.split("/", -1)));
        names.removeIf(name -> name.isEmpty() || name.equals("."));
        for (int i = 0; i < names.size(); ) {
            if (names.get(i).equals("..") && i > 0 && !names.get(i - 1).equals("..")) {
                names.remove(i);
                names.remove(i - 1);
                i = 0;
            } else if (names.get(i).equals("..") && path.startsWith("/") && i == 0) {
                names.remove(0);
            } else {
                i++;
            }
        }
        String joined = String.join("/", names);
        return path.startsWith("/") ? "/" + joined : joined.isEmpty() ? "." : joined;
    }
}
