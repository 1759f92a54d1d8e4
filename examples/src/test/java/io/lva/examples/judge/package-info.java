/** Independent programs that judge the whole product, and the servers and clips they need. */
@NullMarked
package io.lva.examples.judge;

import org.jspecify.annotations.NullMarked;
