Attribute VB_Name = "Knoppen"
Option Explicit
' Een knop, een opdracht. Het werk gebeurt in Python (debiteuren.buttons); hier staat alleen de weg erheen.

Public Sub BankImporteren()
    VoerUit "bank_importeren", "Bank importeren"
End Sub

Public Sub Bijwerken()
    VoerUit "bijwerken", "Bijwerken"
End Sub

Public Sub GenereerHerinneringen()
    VoerUit "genereer_herinneringen", "Genereer herinneringen"
End Sub

Public Sub RegelingVastleggen()
    VoerUit "regeling_vastleggen", "Regeling vastleggen"
End Sub

Public Sub ControleerRegelingen()
    VoerUit "controleer_regelingen", "Controleer regelingen"
End Sub

Public Sub OngedaanMaken()
    VoerUit "ongedaan_maken", "Ongedaan maken"
End Sub

' Zegt bij welke versie van het programma deze macro's horen.
Public Function DebiteurenVersie() As String
    DebiteurenVersie = "0.1.0"
End Function

Private Sub VoerUit(ByVal opdracht As String, ByVal knop As String)
    On Error GoTo Mislukt
    Application.StatusBar = knop & ": even geduld..."
    RunPython "import debiteuren.buttons as b; b." & opdracht & "()"
Klaar:
    Application.StatusBar = False
    Exit Sub
Mislukt:
    MsgBox knop & " is niet gelukt. Sluit Excel, open de werkmap opnieuw en probeer het nog eens; " & _
        "helpt dat niet, laat deze melding dan zien aan wie het programma installeerde." & _
        vbNewLine & vbNewLine & Err.Description, vbExclamation, "Debiteuren"
    Resume Klaar
End Sub
