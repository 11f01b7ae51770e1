/**
 * Requests that one role files to another, kept in one Markdown document that people read and edit as well.
 *
 * <p>{@link dev.agenttower.core.governance.request.CrossRoleRequests} is the use case.
 */
@NullMarked
package dev.agenttower.core.governance.request;

import org.jspecify.annotations.NullMarked;
