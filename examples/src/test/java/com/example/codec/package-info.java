/** A codec of an integrator, written against the public types of the library alone. */
@org.jspecify.annotations.NullMarked
package com.example.codec;
