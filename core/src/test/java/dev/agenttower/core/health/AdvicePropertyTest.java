package dev.agenttower.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.health.SubsystemState.Status;
import dev.agenttower.core.text.Text;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AdvicePropertyTest {
    @Property
    void hints_come_in_the_order_of_display_and_each_once(
            @ForAll @From("figures") Figures figures, @ForAll @From("states") List<SubsystemState> states) {
        List<Hint> hints = Advice.hints(states, figures.activeContainers, figures.build());
        assertThat(hints).extracting(Hint::code).isSorted().doesNotHaveDuplicates();
        assertThat(hints).allSatisfy(hint -> assertThat(hint.message()).isNotEmpty());
    }

    @Property
    void without_benches_some_hint_asks_for_action(
            @ForAll @From("figures") Figures figures, @ForAll @From("states") List<SubsystemState> states) {
        assertThat(Advice.hints(states, 0, figures.build()))
                .anyMatch(hint -> hint.code().severity() == Hint.Severity.ACTION_REQUIRED);
    }

    @Property
    void there_is_always_a_recommendation_within_its_limits(
            @ForAll @From("figures") Figures figures, @ForAll @From("states") List<SubsystemState> states) {
        Recommendation recommendation = Advice.recommendation(states, figures.build());
        assertThat(Text.length(recommendation.title())).isBetween(1, 128);
        if (recommendation.detail() != null) {
            assertThat(Text.length(recommendation.detail())).isLessThanOrEqualTo(512);
        }
        assertThat(recommendation.code() == Recommendation.Code.SUBSYSTEM_DEGRADED)
                .isEqualTo(states.stream().anyMatch(state -> state.status() != Status.OK));
    }

    @Provide
    Arbitrary<Figures> figures() {
        Arbitrary<Long> count = Arbitraries.longs().between(0, 3);
        return Combinators.combine(count.list().ofSize(9), Arbitraries.strings().injectNull(0.3))
                .as((counts, id) -> {
                    Figures figures = new Figures();
                    figures.activeContainers = counts.get(0);
                    figures.inactiveContainers = counts.get(1);
                    figures.panes = counts.get(2);
                    figures.registered = counts.get(3);
                    figures.agents = counts.get(4);
                    figures.activeAttachments = counts.get(5);
                    figures.enabledRoutes = counts.get(6);
                    figures.disabledRoutes = counts.get(7);
                    figures.blocked = counts.get(8);
                    figures.firstContainer = id;
                    figures.firstPane = id;
                    figures.oldestBlocked = id;
                    return figures;
                });
    }

    @Provide
    Arbitrary<List<SubsystemState>> states() {
        Arbitrary<String> reason = Arbitraries.strings().ofMinLength(1).ofMaxLength(1000);
        return Combinators.combine(Arbitraries.of(Status.class).list().ofSize(6), reason)
                .as((statuses, why) -> {
                    List<SubsystemState> states = new ArrayList<>();
                    for (Subsystem subsystem : Subsystem.values()) {
                        Status status = statuses.get(subsystem.ordinal());
                        states.add(new SubsystemState(subsystem, status, status == Status.OK ? "" : why));
                    }
                    return states;
                });
    }
}
