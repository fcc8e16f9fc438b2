"""What is personal is taken out however people write it, and what only looks like it stays."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesut.reports.privacy.kinds import PersonalKind
from pesut.reports.privacy.masking import Masker

PIECES = [
    "nama saya",
    "a.n.",
    "Budi Santoso",
    "08123456789",
    "KT 1234 AB",
    "@budi",
    "pak",
    "no rek",
    ".",
    ",",
    "62",
    "-",
    "6472051203850001",
    "1234",
    "AB",
]
MASKER = Masker(["Sungai Kapih", "Loa Bakung", "Dinas Perhubungan"])


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("NIK 6472054503850001", "NIK [NIK]"),
        ("KTP saya 6472 0545 0385 0001.", "KTP saya [NIK]."),
        ("nik: 64.72.05.450385.0001", "nik: [NIK]"),
        ("3174096112900001 sudah terdaftar", "[NIK] sudah terdaftar"),
        ("nik saya 647205450385001 salah ketik", "nik saya [NIK] salah ketik"),
        ("No KK 6472051203150007 dan NIK 6472051203850001", "No KK [KK] dan NIK [NIK]"),
        ("kartu keluarga nomor 6472-0512-0315-0007", "kartu keluarga nomor [KK]"),
        ("hubungi 081234567890 ya", "hubungi [telepon] ya"),
        ("WA +62 812-3456-7890", "WA [telepon]"),
        ("(+62)81234567890", "[telepon]"),
        ("hp 0812 3456 789 5 rumah", "hp [telepon] 5 rumah"),
        ("0812.3456.7890", "[telepon]"),
        ("no hp 812 3456 7890", "no hp [telepon]"),
        ("telp (0541) 731234", "telp [telepon]"),
        ("0541-731 234", "[telepon]"),
        ("021 5551234", "[telepon]"),
        ("kirim ke budi.s@contoh.example", "kirim ke [surel]"),
        ("siti (at) surat.example", "[surel]"),
        ("lihat @budi_smd", "lihat [akun]"),
        ("IG: siti.aminah99", "IG: [akun]"),
        ("instagram.com/siti.aminah", "[akun]"),
        ("akun fb siti_aminah", "akun fb [akun]"),
        ("truk KT 8123 BZ dan kt8123bz", "truk [pelat] dan [pelat]"),
        ("Mobil B 7 X parkir di trotoar", "Mobil [pelat] parkir di trotoar"),
        ("nopol DA 1234", "nopol [pelat]"),
        ("transfer ke rekening BRI 0123-01-000456-53-4", "transfer ke rekening BRI [rekening]"),
        ("BCA a/n toko 1234567890", "BCA a/n toko [rekening]"),
        ("no pelanggan 12345678", "no pelanggan [nomor]"),
        ("BPJS 0001234567890 tidak aktif", "BPJS [nomor] tidak aktif"),
        ("nomor resi 123456789012", "nomor resi [nomor]"),
        ("NPWP 01.234.567.8-901.000", "NPWP [nomor]"),
        ("rumah saya di Jl. Mawar No. 15 RT 03", "rumah saya di Jl. Mawar [no. rumah] RT 03"),
        ("Alamat: Perum Griya Blok C-12 No 5, RT 8", "Alamat: Perum Griya [no. rumah], RT 8"),
    ],
)
def test_numbers_and_addresses_are_masked(written: str, shown: str) -> None:
    assert MASKER.mask(written).text == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Nama saya Budi Santoso, warga RT 5", "Nama saya [nama], warga RT 5"),
        ("nama saya siti aminah mau lapor", "nama saya [nama] mau lapor"),
        ("NAMA SAYA BUDI SANTOSO MAU LAPOR", "NAMA SAYA [nama] MAU LAPOR"),
        ("nama: Wagiman", "nama: [nama]"),
        ("Nama lengkap : M. Rizky Ramadhan. Alamat kosong", "Nama lengkap : [nama]. Alamat kosong"),
        ("nama anak saya zaskia putri tidak keluar", "nama anak saya [nama] tidak keluar"),
        ("akta a.n. Siti Nurhaliza belum jadi", "akta a.n. [nama] belum jadi"),
        ("rekening a/n Yohanes Bria", "rekening a/n [nama]"),
        ("KTP atas nama Bapak Sugeng Riyadi hilang", "KTP atas nama Bapak [nama] hilang"),
        ("petugas bernama Dodi minta uang", "petugas bernama [nama] minta uang"),
        ("Perkenalkan saya Ketut Darma dari Loa Bakung", "Perkenalkan saya [nama] dari Loa Bakung"),
        ("Saya Rudi Hartono dari RT 5", "Saya [nama] dari RT 5"),
        ("tetangga kami pak agus membakar sampah", "tetangga kami pak [nama] membakar sampah"),
        ("rumah Bu Tumini di ujung gang", "rumah Bu [nama] di ujung gang"),
        ("Lampu mati. Terima kasih. Suprapto", "Lampu mati. Terima kasih. [nama]"),
        ("a.n. Abdul bin Karim", "a.n. [nama]"),
    ],
)
def test_names_that_are_announced_are_masked(written: str, shown: str) -> None:
    assert MASKER.mask(written).text == shown


@pytest.mark.parametrize(
    "text",
    [
        "RT 05 RW 12, KM 7 dan Jl. AW Syahranie No 15 RT 3",
        "biaya Rp 1.500.000.000 sejak 12-11-2026 pukul 08.30",
        "rekening listrik saya Rp 3500000 bulan ini, biasanya 350.000 rupiah",
        "dana 1500000000 rupiah",
        "tagihan 150000 untuk 3 bulan",
        "tanggal 08-12-2017 10 rumah terendam",
        "dari 2019-2023 sampai 2024/2025",
        "call center 1500046 dan 112 tidak menjawab",
        "lulusan S1 dan D3 IPB angkatan 2017, mobil L300 warna putih",
        "Blok B 12 AB, tipe 36, daya 1300 VA, beras 5 KG",
        "hubungi pengaduan@kota.go.id atau cs@pdam.example, @DishubKota #lapor",
        "nama saya tidak terdaftar padahal nama kami ada di daftar",
        "atas nama warga RT 12 kami mohon perbaikan",
        "Nama jalan: belum ada. Bernama sama dengan desa sebelah",
        "Pak Wali, Bapak Presiden, Ibu Kota dan Pak RT mohon perhatiannya",
        "Pak tolong diperbaiki. Terima kasih Pak. Soalnya gelap",
        "Jl. Haji Marhusin, Gang Pak Kasih, RS Haji Darjad, Masjid Ibu Kartini",
        "bu Sungai Kapih banjir lagi",
        "Saya sudah lapor, dengan hormat",
        "kapan PJU dipasang? Mohon Ditindaklanjuti, Terima Kasih",
        "depan ruko Jl. Mawar No. 15",
        "mas di loket 3 bilang antre sejak jam 07.30 sampai 15.00 WITA",
        "koordinat -0.502123, 117.153801",
        "suhu 36.5 dan 100.000.000 bakteri",
    ],
)
def test_what_only_looks_personal_stays(text: str) -> None:
    assert MASKER.mask(text).text == text


def test_findings_are_counted_by_kind() -> None:
    found = MASKER.mask("Nama saya Budi Santoso, HP 0812-3456-7890 atau 081234567891, @budi_smd").found
    assert found == Counter({PersonalKind.PHONE: 2, PersonalKind.NAME: 1, PersonalKind.HANDLE: 1})


def test_the_reporters_own_name_is_found_wherever_it_stands() -> None:
    masked = MASKER.mask("Yang lapor ini wagiman  Prawiro sendiri, bukan Wagimanto.", ["Wagiman Prawiro", "0812", "Al"])
    assert masked.text == "Yang lapor ini [nama] sendiri, bukan Wagimanto."


@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=14,
    )
)
def test_masking_again_changes_nothing(words: list[str]) -> None:
    once = MASKER.mask(" ".join(words)).text
    assert MASKER.mask(once).text == once


@given(st.text(max_size=200))
def test_no_text_is_too_odd(text: str) -> None:
    MASKER.mask(text)


@pytest.mark.parametrize(
    "piece", ["1 ", "0812-", "a@", "nama saya ", "KT 1", "pak Budi ", "blok a ", ". ", "1.000.", "rek "]
)
def test_long_texts_of_one_thing_come_to_an_end(piece: str) -> None:
    MASKER.mask(piece * (50_000 // len(piece)))
