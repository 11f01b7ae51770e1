/**
 * JSON values as plain Java trees, and their exact text forms for files and hashes.
 *
 * <p>A tree is made of {@code Map<String, ?>}, {@code List<?>}, {@code String}, {@code Number}, {@code Boolean} and null. An adapter parses JSON
 * text, behind {@link dev.agenttower.core.json.JsonText}.
 */
@NullMarked
package dev.agenttower.core.json;

import org.jspecify.annotations.NullMarked;
