package dev.agenttower.core.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.event.Event;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.pane.PaneKey;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private static final Agent SOURCE = new Agent(
            new AgentId("agt_00000000000b"),
            new PaneKey(new ContainerId("c"), "/s", "main", 0, 0, "%1"),
            Role.SLAVE,
            Capability.CODEX,
            "wörker {event_id}",
            "",
            null,
            "{}",
            "x",
            "x",
            null,
            true);

    private static Event event(String excerpt) {
        return new Event(
                7,
                "completed",
                "agt_00000000000b",
                null,
                null,
                null,
                null,
                "2026-05-08T10:00:00.000000+00:00",
                excerpt,
                null,
                Event.Debounced.NONE,
                1);
    }

    private static String render(String template, String excerpt) {
        return Template.parse(template).render(event(excerpt), SOURCE);
    }

    @Test
    void every_field_stands_for_its_value_and_values_are_no_templates() {
        assertThat(render(
                        "{event_id}|{event_type}|{source_agent_id}|{source_label}|{source_role}|{source_capability}"
                                + "|{event_excerpt}|{observed_at}",
                        "{event_type}"))
                .isEqualTo("7|completed|agt_00000000000b|wörker {event_id}|slave|codex|{event_type}"
                        + "|2026-05-08T10:00:00.000000+00:00");
    }

    @Test
    void an_excerpt_is_redacted_and_brought_to_one_short_line() {
        assertThat(render("{event_excerpt}", "a\n\t b  sk-" + "a".repeat(24))).isEqualTo("a b <redacted:openai-key>");
        assertThat(render("{event_excerpt}", "x".repeat(241))).isEqualTo("x".repeat(240) + "…");
    }

    @Test
    void doubled_braces_are_braces() {
        assertThat(render("{{x}} {{event_id}} {{{event_id}}} }}{{", "")).isEqualTo("{x} {event_id} {7} }{");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "}",
                "a } b",
                "{}",
                "{0}",
                "{ event_id }",
                "{event_id.x}",
                "{event_id!r}",
                "{event_id:>9}",
                "{event_id[0]}",
                "{event_excerpt!s}",
                "{EVENT_ID}",
                "{foo}",
                "{event_id",
                "a\u0007b",
                "a\rb",
                "a\u007fb",
                "{{event_id}"
            })
    void other_braces_are_refused(String template) {
        assertThatThrownBy(() -> Template.parse(template))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.ROUTE_TEMPLATE_INVALID));
    }

    @Test
    void the_length_is_bounded_in_bytes() {
        String longest = "é".repeat(Template.MAX_BYTES / 2);
        assertThat(render(longest, "")).isEqualTo(longest);
        assertThatThrownBy(() -> Template.parse(longest + "x"))
                .isInstanceOf(RefusedException.class)
                .hasMessage("the template is longer than 4096 bytes");
    }

    @Property
    void any_text_with_its_braces_doubled_renders_as_itself(
            @ForAll @CharRange(from = ' ', to = '~') @CharRange(from = '\u00a0', to = '\uffff') String text) {
        String doubled = text.replace("{", "{{").replace("}", "}}");
        if (!text.isEmpty() && doubled.length() < 1000) {
            assertThat(render(doubled, "")).isEqualTo(text);
        }
    }

    @Property
    void a_template_is_refused_or_rendered_in_one_pass(@ForAll("pieces") List<String> pieces) {
        String template = String.join("", pieces);
        String rendered;
        try {
            rendered = render(template, "{event_id}");
        } catch (RefusedException refused) {
            return;
        }
        String unescaped = template.replace("{{", "\u0001").replace("}}", "\u0002");
        String expected = unescaped
                .replace("{event_id}", "7")
                .replace("{event_excerpt}", "\u0001event_id\u0002")
                .replace("\u0001", "{")
                .replace("\u0002", "}");
        // Of an odd run of braces, the reading from the left decides which one opens the name.
        if (!template.contains("{{{") && !template.contains("}}}")) {
            assertThat(rendered).isEqualTo(expected);
        }
    }

    @Provide
    static Arbitrary<List<String>> pieces() {
        return Arbitraries.of("{event_id}", "{event_excerpt}", "{{", "}}", "{", "}", "x", "é😀", "{foo}", "event_id")
                .list()
                .ofMaxSize(12);
    }
}
