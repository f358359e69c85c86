;; AB for matrices of doubles, by rows, in linear memory; two columns at a time, where A's zeros are passed over.
;;
;; Every entry of AB is one sum, begun at zero, over the entries of A's row that are not zero, in their order: multiply, round,
;; add, round. There is no fused operation and no sum is split, so that any program that sums in this order gets the same bits.
;;
;; The rows of A are compacted, `block` columns at a time, to lists of entries: what is not zero, and where the row of B is that it
;; multiplies. A strip of columns of AB is then held in registers while a list is gone through; the strip of B that all lists read stays
;; in the first cache. Addresses, counts and strides are unsigned; a double has 8 bytes, an entry of a list 16.
;;
;; `npm run wasm` compiles this file into simd-product-bytes.ts.
(module
  ;; At most 1 GiB.
  (memory (export "memory") 1 16384)

  ;; Writes the entries of `count` numbers from `a` on that are not zero: the number, and how far after B its row of B begins, which
  ;; is `row` for the first and `stride` more for each next. Returns where the list ends.
  (func $compact (param $a i32) (param $count i32) (param $row i32) (param $stride i32) (param $list i32) (result i32)
    (local $x f64) (local $end i32)
    (local.set $end (i32.add (local.get $a) (i32.shl (local.get $count) (i32.const 3))))
    (loop $next
      (local.set $x (f64.load (local.get $a)))
      (f64.store (local.get $list) (local.get $x))
      (i32.store offset=8 (local.get $list) (local.get $row))
      ;; Without a branch, which could not be predicted. NaN is not zero.
      (local.set $list (i32.add (local.get $list) (i32.shl (f64.ne (local.get $x) (f64.const 0)) (i32.const 4))))
      (local.set $row (i32.add (local.get $row) (local.get $stride)))
      (local.set $a (i32.add (local.get $a) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $a) (local.get $end))))
    (local.get $list))

  ;; Each of these adds, to as many numbers from `out` on as its name says, the entries from `entry` to before `end`, of which
  ;; there is at least one, times what is in their rows of B, whose strip begins at `b`. Twelve sums of two columns keep a processor
  ;; busy that has to wait for each; the narrower strips are for the columns left over.
  (func $strip24 (param $entry i32) (param $end i32) (param $b i32) (param $out i32)
    (local $x v128) (local $row i32)
    (local $s0 v128) (local $s1 v128) (local $s2 v128) (local $s3 v128)
    (local $s4 v128) (local $s5 v128) (local $s6 v128) (local $s7 v128)
    (local $s8 v128) (local $s9 v128) (local $s10 v128) (local $s11 v128)
    (local.set $s0 (v128.load (local.get $out)))
    (local.set $s1 (v128.load offset=16 (local.get $out)))
    (local.set $s2 (v128.load offset=32 (local.get $out)))
    (local.set $s3 (v128.load offset=48 (local.get $out)))
    (local.set $s4 (v128.load offset=64 (local.get $out)))
    (local.set $s5 (v128.load offset=80 (local.get $out)))
    (local.set $s6 (v128.load offset=96 (local.get $out)))
    (local.set $s7 (v128.load offset=112 (local.get $out)))
    (local.set $s8 (v128.load offset=128 (local.get $out)))
    (local.set $s9 (v128.load offset=144 (local.get $out)))
    (local.set $s10 (v128.load offset=160 (local.get $out)))
    (local.set $s11 (v128.load offset=176 (local.get $out)))
    (loop $next
      (local.set $x (v128.load64_splat (local.get $entry)))
      (local.set $row (i32.add (local.get $b) (i32.load offset=8 (local.get $entry))))
      (local.set $s0 (f64x2.add (local.get $s0) (f64x2.mul (local.get $x) (v128.load (local.get $row)))))
      (local.set $s1 (f64x2.add (local.get $s1) (f64x2.mul (local.get $x) (v128.load offset=16 (local.get $row)))))
      (local.set $s2 (f64x2.add (local.get $s2) (f64x2.mul (local.get $x) (v128.load offset=32 (local.get $row)))))
      (local.set $s3 (f64x2.add (local.get $s3) (f64x2.mul (local.get $x) (v128.load offset=48 (local.get $row)))))
      (local.set $s4 (f64x2.add (local.get $s4) (f64x2.mul (local.get $x) (v128.load offset=64 (local.get $row)))))
      (local.set $s5 (f64x2.add (local.get $s5) (f64x2.mul (local.get $x) (v128.load offset=80 (local.get $row)))))
      (local.set $s6 (f64x2.add (local.get $s6) (f64x2.mul (local.get $x) (v128.load offset=96 (local.get $row)))))
      (local.set $s7 (f64x2.add (local.get $s7) (f64x2.mul (local.get $x) (v128.load offset=112 (local.get $row)))))
      (local.set $s8 (f64x2.add (local.get $s8) (f64x2.mul (local.get $x) (v128.load offset=128 (local.get $row)))))
      (local.set $s9 (f64x2.add (local.get $s9) (f64x2.mul (local.get $x) (v128.load offset=144 (local.get $row)))))
      (local.set $s10 (f64x2.add (local.get $s10) (f64x2.mul (local.get $x) (v128.load offset=160 (local.get $row)))))
      (local.set $s11 (f64x2.add (local.get $s11) (f64x2.mul (local.get $x) (v128.load offset=176 (local.get $row)))))
      (local.set $entry (i32.add (local.get $entry) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $entry) (local.get $end))))
    (v128.store (local.get $out) (local.get $s0))
    (v128.store offset=16 (local.get $out) (local.get $s1))
    (v128.store offset=32 (local.get $out) (local.get $s2))
    (v128.store offset=48 (local.get $out) (local.get $s3))
    (v128.store offset=64 (local.get $out) (local.get $s4))
    (v128.store offset=80 (local.get $out) (local.get $s5))
    (v128.store offset=96 (local.get $out) (local.get $s6))
    (v128.store offset=112 (local.get $out) (local.get $s7))
    (v128.store offset=128 (local.get $out) (local.get $s8))
    (v128.store offset=144 (local.get $out) (local.get $s9))
    (v128.store offset=160 (local.get $out) (local.get $s10))
    (v128.store offset=176 (local.get $out) (local.get $s11)))

  (func $strip12 (param $entry i32) (param $end i32) (param $b i32) (param $out i32)
    (local $x v128) (local $row i32)
    (local $s0 v128) (local $s1 v128) (local $s2 v128) (local $s3 v128)
    (local $s4 v128) (local $s5 v128)
    (local.set $s0 (v128.load (local.get $out)))
    (local.set $s1 (v128.load offset=16 (local.get $out)))
    (local.set $s2 (v128.load offset=32 (local.get $out)))
    (local.set $s3 (v128.load offset=48 (local.get $out)))
    (local.set $s4 (v128.load offset=64 (local.get $out)))
    (local.set $s5 (v128.load offset=80 (local.get $out)))
    (loop $next
      (local.set $x (v128.load64_splat (local.get $entry)))
      (local.set $row (i32.add (local.get $b) (i32.load offset=8 (local.get $entry))))
      (local.set $s0 (f64x2.add (local.get $s0) (f64x2.mul (local.get $x) (v128.load (local.get $row)))))
      (local.set $s1 (f64x2.add (local.get $s1) (f64x2.mul (local.get $x) (v128.load offset=16 (local.get $row)))))
      (local.set $s2 (f64x2.add (local.get $s2) (f64x2.mul (local.get $x) (v128.load offset=32 (local.get $row)))))
      (local.set $s3 (f64x2.add (local.get $s3) (f64x2.mul (local.get $x) (v128.load offset=48 (local.get $row)))))
      (local.set $s4 (f64x2.add (local.get $s4) (f64x2.mul (local.get $x) (v128.load offset=64 (local.get $row)))))
      (local.set $s5 (f64x2.add (local.get $s5) (f64x2.mul (local.get $x) (v128.load offset=80 (local.get $row)))))
      (local.set $entry (i32.add (local.get $entry) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $entry) (local.get $end))))
    (v128.store (local.get $out) (local.get $s0))
    (v128.store offset=16 (local.get $out) (local.get $s1))
    (v128.store offset=32 (local.get $out) (local.get $s2))
    (v128.store offset=48 (local.get $out) (local.get $s3))
    (v128.store offset=64 (local.get $out) (local.get $s4))
    (v128.store offset=80 (local.get $out) (local.get $s5)))

  (func $strip4 (param $entry i32) (param $end i32) (param $b i32) (param $out i32)
    (local $x v128) (local $row i32)
    (local $s0 v128) (local $s1 v128)
    (local.set $s0 (v128.load (local.get $out)))
    (local.set $s1 (v128.load offset=16 (local.get $out)))
    (loop $next
      (local.set $x (v128.load64_splat (local.get $entry)))
      (local.set $row (i32.add (local.get $b) (i32.load offset=8 (local.get $entry))))
      (local.set $s0 (f64x2.add (local.get $s0) (f64x2.mul (local.get $x) (v128.load (local.get $row)))))
      (local.set $s1 (f64x2.add (local.get $s1) (f64x2.mul (local.get $x) (v128.load offset=16 (local.get $row)))))
      (local.set $entry (i32.add (local.get $entry) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $entry) (local.get $end))))
    (v128.store (local.get $out) (local.get $s0))
    (v128.store offset=16 (local.get $out) (local.get $s1)))

  (func $strip2 (param $entry i32) (param $end i32) (param $b i32) (param $out i32)
    (local $x v128) (local $row i32)
    (local $s0 v128)
    (local.set $s0 (v128.load (local.get $out)))
    (loop $next
      (local.set $x (v128.load64_splat (local.get $entry)))
      (local.set $row (i32.add (local.get $b) (i32.load offset=8 (local.get $entry))))
      (local.set $s0 (f64x2.add (local.get $s0) (f64x2.mul (local.get $x) (v128.load (local.get $row)))))
      (local.set $entry (i32.add (local.get $entry) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $entry) (local.get $end))))
    (v128.store (local.get $out) (local.get $s0)))

  (func $strip1 (param $entry i32) (param $end i32) (param $b i32) (param $out i32)
    (local $s f64) (local $row i32)
    (local.set $s (f64.load (local.get $out)))
    (loop $next
      (local.set $row (i32.add (local.get $b) (i32.load offset=8 (local.get $entry))))
      (local.set $s (f64.add (local.get $s) (f64.mul (f64.load (local.get $entry)) (f64.load (local.get $row)))))
      (local.set $entry (i32.add (local.get $entry) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $entry) (local.get $end))))
    (f64.store (local.get $out) (local.get $s)))

  ;; The widest strip for this many columns, at least one.
  (func $widest (param $columns i32) (result i32)
    (if (i32.ge_u (local.get $columns) (i32.const 24)) (then (return (i32.const 24))))
    (if (i32.ge_u (local.get $columns) (i32.const 12)) (then (return (i32.const 12))))
    (if (i32.ge_u (local.get $columns) (i32.const 4)) (then (return (i32.const 4))))
    (if (i32.ge_u (local.get $columns) (i32.const 2)) (then (return (i32.const 2))))
    (i32.const 1))

  ;; A strip of this width, for an empty list as well.
  (func $strip (param $width i32) (param $entry i32) (param $end i32) (param $b i32) (param $out i32)
    (if (i32.eq (local.get $entry) (local.get $end)) (then (return)))
    (if (i32.eq (local.get $width) (i32.const 24))
      (then (return (call $strip24 (local.get $entry) (local.get $end) (local.get $b) (local.get $out)))))
    (if (i32.eq (local.get $width) (i32.const 12))
      (then (return (call $strip12 (local.get $entry) (local.get $end) (local.get $b) (local.get $out)))))
    (if (i32.eq (local.get $width) (i32.const 4))
      (then (return (call $strip4 (local.get $entry) (local.get $end) (local.get $b) (local.get $out)))))
    (if (i32.eq (local.get $width) (i32.const 2))
      (then (return (call $strip2 (local.get $entry) (local.get $end) (local.get $b) (local.get $out)))))
    (call $strip1 (local.get $entry) (local.get $end) (local.get $b) (local.get $out)))

  ;; Writes AB to `out`, for A of `rows`×`inner` and B of `inner`×`columns`, all at least 1. `lists` has room for `rows` lists of `block`
  ;; entries, `ends` for `rows` addresses of 4 bytes.
  (func (export "product") (param $out i32) (param $a i32) (param $b i32) (param $lists i32) (param $ends i32)
    (param $rows i32) (param $inner i32) (param $columns i32) (param $block i32)
    (local $strideA i32) (local $stride i32) (local $strideLists i32)
    (local $k i32) (local $count i32) (local $j i32) (local $width i32) (local $i i32)
    (local $from i32) (local $list i32) (local $end i32) (local $to i32)
    (local.set $strideA (i32.shl (local.get $inner) (i32.const 3)))
    (local.set $stride (i32.shl (local.get $columns) (i32.const 3)))
    (local.set $strideLists (i32.shl (local.get $block) (i32.const 4)))
    (memory.fill (local.get $out) (i32.const 0) (i32.mul (local.get $rows) (local.get $stride)))
    (loop $blocks
      (local.set $count (i32.sub (local.get $inner) (local.get $k)))
      (if (i32.gt_u (local.get $count) (local.get $block)) (then (local.set $count (local.get $block))))

      (local.set $i (i32.const 0))
      (local.set $from (i32.add (local.get $a) (i32.shl (local.get $k) (i32.const 3))))
      (local.set $list (local.get $lists))
      (local.set $end (local.get $ends))
      (loop $rowsOfA
        (i32.store (local.get $end)
          (call $compact (local.get $from) (local.get $count)
            (i32.mul (local.get $k) (local.get $stride)) (local.get $stride) (local.get $list)))
        (local.set $from (i32.add (local.get $from) (local.get $strideA)))
        (local.set $list (i32.add (local.get $list) (local.get $strideLists)))
        (local.set $end (i32.add (local.get $end) (i32.const 4)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $rowsOfA (i32.lt_u (local.get $i) (local.get $rows))))

      (local.set $j (i32.const 0))
      (loop $strips
        (local.set $width (call $widest (i32.sub (local.get $columns) (local.get $j))))
        (local.set $i (i32.const 0))
        (local.set $from (i32.add (local.get $b) (i32.shl (local.get $j) (i32.const 3))))
        (local.set $to (i32.add (local.get $out) (i32.shl (local.get $j) (i32.const 3))))
        (local.set $list (local.get $lists))
        (local.set $end (local.get $ends))
        (loop $rowsOfOut
          (call $strip (local.get $width) (local.get $list) (i32.load (local.get $end)) (local.get $from) (local.get $to))
          (local.set $to (i32.add (local.get $to) (local.get $stride)))
          (local.set $list (i32.add (local.get $list) (local.get $strideLists)))
          (local.set $end (i32.add (local.get $end) (i32.const 4)))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br_if $rowsOfOut (i32.lt_u (local.get $i) (local.get $rows))))
        (local.set $j (i32.add (local.get $j) (local.get $width)))
        (br_if $strips (i32.lt_u (local.get $j) (local.get $columns))))

      (local.set $k (i32.add (local.get $k) (local.get $count)))
      (br_if $blocks (i32.lt_u (local.get $k) (local.get $inner))))))
