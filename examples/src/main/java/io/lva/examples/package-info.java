/** One class a task. */
@NullMarked
package io.lva.examples;

import org.jspecify.annotations.NullMarked;
