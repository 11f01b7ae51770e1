package dev.agenttower.core.queue;

import dev.agenttower.core.queue.message.PromptBody;

/**
 * Types prompts into panes. An implementation must
 *
 * <ul>
 *   <li>check {@link TypingTarget} in tmux at the moment of typing, and type nothing if the pane is in a mode, has another process, or has another
 *       foreground program than the target names;
 *   <li>type nothing if the screen of a {@linkplain dev.agenttower.core.agent.screen.ClientScreen known client} shows a dialog then;
 *   <li>type nothing if that screen shows text in the input box, unless {@code joinsInput};
 *   <li>type the body byte for byte as one paste, bracketed if the program of the pane has asked for it, and then one Enter;
 *   <li>give no byte of the body to a shell or to the arguments of a program;
 *   <li>never type a prompt twice, and never in part without reporting a failure;
 *   <li>answer within ten seconds, also if tmux or the engine hangs;
 *   <li>leave no paste buffer behind;
 *   <li>be thread-safe: prompts for different panes are typed in parallel.
 * </ul>
 */
public interface PromptTyper {
    /**
     * Types one prompt and submits it.
     *
     * @param messageId names the paste buffer
     * @param joinsInput whether it may be typed behind what stands in the input box of a client
     */
    TypingResult type(TypingTarget target, String messageId, PromptBody body, boolean joinsInput);
}
