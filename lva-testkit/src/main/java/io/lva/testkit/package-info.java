/** What the tests of several modules need: programs that judge, and data beside the checkout. */
@NullMarked
package io.lva.testkit;

import org.jspecify.annotations.NullMarked;
