package dev.jobctl.resource.ownership;

/// What an owner owns.
///
/// @param apiVersion in which the fields are named
/// @param time of its last change, RFC 3339; empty when nobody said
record Claim(FieldSet fields, String apiVersion, String time) {
    Claim with(FieldSet others) {
        return new Claim(others, apiVersion, time);
    }
}
