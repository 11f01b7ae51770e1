/**
 * JSON values as plain Java trees, and the exact text forms in which files and hashes need them.
 *
 * <p>A tree is made of {@code Map<String, ?>}, {@code List<?>}, {@code String}, {@code Number}, {@code Boolean} and null. Reading JSON text
 * is the business of an adapter, behind {@link dev.agenttower.core.json.JsonText}.
 */
@NullMarked
package dev.agenttower.core.json;

import org.jspecify.annotations.NullMarked;
