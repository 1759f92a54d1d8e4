/** The {@code lva} command line: one class per command. */
@NullMarked
package io.lva.examples.cli;

import org.jspecify.annotations.NullMarked;
