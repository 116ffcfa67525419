# Answers "requirement, version" with Elixir's Version.
defmodule Oracle do
  def answer(line) do
    [text, version] = line |> String.trim_trailing("\n") |> String.split("\t")

    with {:ok, requirement} <- Version.parse_requirement(text),
         {:ok, version} <- Version.parse(version) do
      if Version.match?(version, requirement), do: "y\n", else: "n\n"
    else
      :error -> "!\n"
    end
  end
end

:io.setopts(:standard_io, encoding: :utf8)
IO.stream(:stdio, :line) |> Stream.map(&Oracle.answer/1) |> Stream.chunk_every(4096) |> Enum.each(&IO.write/1)
